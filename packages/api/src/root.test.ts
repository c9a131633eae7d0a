import { expect, test } from 'vitest'
import { PERMISSIONS } from './permission/schema.ts'
import { listProcedures } from './testing.ts'
import type { ProcedureMeta } from './trpc.ts'

/** Everything that asks for no permission, and so rests on what it does itself. Operators' are known by their path. */
const WITHOUT_PERMISSION: Record<Exclude<ProcedureMeta['audience'], 'operator'>, string[]> = {
  anybody: ['auth.password.requestReset', 'auth.password.reset', 'invitation.accept', 'invitation.read'],
  /** Under /trpc, about the caller alone. */
  user: [
    'auth.password.change',
    'auth.session.list',
    'auth.session.revoke',
    'auth.session.revokeOthers',
    'auth.twoFactor.begin',
    'auth.twoFactor.confirm',
    'auth.twoFactor.disable',
    'auth.twoFactor.renewRecoveryCodes',
    'auth.twoFactor.status',
    'invitation.join',
    'tenant.mine',
  ],
  /** Every member, whatever their role. */
  member: ['permission.mine', 'tenant.info', 'tenant.profile'],
}

const procedures = listProcedures()

test.each(['anybody', 'user', 'member'] as const)(
  'a procedure for %s that asks for no permission is listed here',
  (audience) => {
    const open = procedures.filter(({ meta }) => meta.audience === audience && meta.permission === null)
    expect(open.map(({ path }) => path).toSorted()).toEqual(WITHOUT_PERMISSION[audience])
  },
)

test('every procedure of operators is called operator.*, and no other is', () => {
  const ofOperators = procedures.filter(({ meta }) => meta.audience === 'operator')
  expect(ofOperators).toEqual(procedures.filter(({ path }) => path.startsWith('operator.')))
})

test('every permission that is asked for exists, and every one that exists is asked for', () => {
  const needed = new Set(procedures.flatMap(({ meta }) => meta.permission ?? []))
  expect([...needed].toSorted()).toEqual(PERMISSIONS.toSorted())
})
