import { ImportTenantInput } from '@sarai/api/operator/schema'
import { RESERVED_TENANT_KEYS } from '@sarai/api/tenant/schema'
import { reactTo } from '../../lib/errors.ts'

/** Of the tenant that is made of an archive or of another one. Empty: as it is there. */
export interface IntoForm {
  intoKey: string
  name: string
  ownerEmail: string
}

export const EMPTY_INTO: IntoForm = { intoKey: '', name: '', ownerEmail: '' }

/** Keys of the `operator` messages, so that the words are in the person's language. */
type Fault = 'keyInvalid' | 'keyReserved' | 'keyTaken' | 'nameMissing' | 'emailInvalid' | 'ownerUnknown'
export type IntoErrors = Partial<Record<keyof IntoForm, Fault>>

export function toIntoInput({ intoKey, name, ownerEmail }: IntoForm): ImportTenantInput {
  return {
    intoKey,
    ...(name.trim() && { name: name.trim() }),
    ...(ownerEmail.trim() && { ownerEmail: ownerEmail.trim() }),
  }
}

/** What the server would refuse, before it is asked. Empty if nothing. */
export function findIntoErrors(form: IntoForm): IntoErrors {
  const parsed = ImportTenantInput.safeParse(toIntoInput(form))
  if (parsed.success) return {}
  const fields = new Set(parsed.error.issues.map(({ path }) => path[0]))
  const isReserved = RESERVED_TENANT_KEYS.some((reserved) => reserved === form.intoKey)
  return {
    ...(fields.has('intoKey') && { intoKey: isReserved ? 'keyReserved' : 'keyInvalid' }),
    ...(fields.has('name') && { name: 'nameMissing' }),
    ...(fields.has('ownerEmail') && { ownerEmail: 'emailInvalid' }),
  }
}

/** What the server has refused of it; empty for anything that is said elsewhere. */
export function readIntoErrors(error: unknown): IntoErrors {
  const reaction = reactTo(error)
  if (reaction.kind === 'conflict' && reaction.details['field'] === 'tenantKey')
    return { intoKey: 'keyTaken' }
  if (reaction.kind === 'not-found') return { ownerEmail: 'ownerUnknown' }
  return {}
}
