import { newId } from '@sarai/db'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { signIn } from '../src/testing.ts'
import { type Answer, callProcedure, type ProcedureCall } from './call-procedure.ts'
import { type AttackedProcedure, exampleFor, type IdField, listAttacked } from './rows.ts'
import { type Side, type Thing, THINGS, type ThingName } from './things.ts'
import { openSide, openTwoTenants, type TwoTenants } from './two-tenants.ts'

/** A key that a tenant could have, and none has. */
const NO_TENANT = 'no-such-tenant'

let tenants: TwoTenants
let own: Side
let foreign: Side
let foreignBefore: string
/** One of each thing of the other tenant; none of them may ever change. */
const foreignIds = new Map<ThingName, string>()
/** One of each thing of this tenant, for calls that are refused. */
const ownIds = new Map<ThingName, string>()

beforeAll(async () => {
  tenants = await openTwoTenants()
  own = tenants.own
  foreign = tenants.foreign
  for (const [name, thing] of Object.entries(THINGS) as [ThingName, Thing][]) {
    foreignIds.set(name, await thing.make(foreign))
    ownIds.set(name, await thing.make(own))
  }
  foreignBefore = await tenants.readAll(foreign)
})

afterAll(() => tenants[Symbol.asyncDispose]())

/** Some procedures end the session that calls them; that is no reason for the next one to be refused. */
beforeEach(async () => {
  const mine = await call({ path: 'tenant.mine', type: 'query', tenantKey: null })
  if (mine.status === 401) own.cookie = await signIn(tenants.http, own.email)
})

function call(asked: Partial<ProcedureCall> & Pick<ProcedureCall, 'path' | 'type'>): Promise<Answer> {
  return callProcedure(tenants.http, { tenantKey: own.tenantKey, cookie: own.cookie, ...asked })
}

interface InputOptions {
  /** A place that must be in it. */
  through?: string
  /** An id for one place. */
  except?: { path: string; id: string }
  /** Things made for this input alone: the call is expected to change them. */
  isFresh?: boolean
}

/** An input with an id of this tenant, of the right kind, in every place for one. */
async function makeInput(procedure: AttackedProcedure, options: InputOptions = {}): Promise<unknown> {
  const { through, except, isFresh } = options
  const ids = new Map<string, string>()
  for (const { path, thing } of procedure.ids) {
    if (path === except?.path) ids.set(path, except.id)
    else if (thing === undefined || thing === 'new') ids.set(path, newId())
    else ids.set(path, isFresh ? await THINGS[thing].make(own) : idOf(ownIds, thing))
  }
  return exampleFor(procedure, { through, valueAt: (path) => ids.get(path) })
}

function idOf(ids: Map<ThingName, string>, thing: IdField['thing']): string {
  const id = ids.get(thing as ThingName)
  if (id === undefined) throw new Error(`${thing} is no thing that was made`)
  return id
}

const procedures = listAttacked()
const ofTenants = procedures.filter(({ meta }) => meta.audience === 'member')
const ofOperators = procedures.filter(({ meta }) => meta.audience === 'operator')
const behindSession = procedures.filter(({ meta }) => meta.audience !== 'anybody')
const foreignable = ofTenants.flatMap((procedure) =>
  procedure.ids
    .filter(({ thing }) => thing !== 'new')
    .map((field) => ({ path: procedure.path, procedure, field, place: field.path })),
)

test.each(behindSession)('$path without a session asks to sign in', async (procedure) => {
  for (const cookie of ['', 'sarai.session_token=forged.forged', `${own.cookie}x`]) {
    const answer = await call({ ...procedure, input: await makeInput(procedure), cookie })
    expect(answer).toMatchObject({ code: 'UNAUTHENTICATED' })
    if (procedure.type !== 'subscription') expect(answer.status).toBe(401)
  }
})

describe('a session of another tenant', () => {
  test.each(ofTenants)('cannot tell from $path whether this tenant exists', async (procedure) => {
    const asked = { ...procedure, input: await makeInput(procedure), cookie: foreign.cookie }
    const answers = [
      await call(asked),
      await call({ ...asked, tenantKey: NO_TENANT }),
      await call({ ...asked, tenantKey: null }),
    ]
    expect(answers[0]?.code).toBe('TENANT_UNKNOWN')
    expect(answers).toEqual([answers[0], answers[0], answers[0]])
    if (procedure.type !== 'subscription') expect(answers[0]?.status).toBe(404)
  })

  test('cannot tell a suspended tenant from none, by any procedure; its members are told', async () => {
    const closed = await openSide(tenants.http, 'closed')
    await tenants.http.database.setTenantStatus('closed', 'suspended')
    for (const procedure of ofTenants) {
      const asked = { ...procedure, input: exampleFor(procedure) }
      const stranger = await call({ ...asked, tenantKey: 'closed', cookie: foreign.cookie })
      expect(stranger).toEqual(await call({ ...asked, tenantKey: NO_TENANT, cookie: foreign.cookie }))
      const member = await call({ ...asked, tenantKey: 'closed', cookie: closed.cookie })
      expect(member.code).toBe('TENANT_SUSPENDED')
    }
  })
})

describe('a member of this tenant', () => {
  test.each(ofTenants.filter(({ meta }) => meta.permission !== null))(
    'whose role lacks it alone is refused $path',
    async (procedure) => {
      const permission = procedure.meta.permission ?? ''
      const cookie = await tenants.signInWithout(permission)
      const answer = await call({ ...procedure, input: await makeInput(procedure), cookie })
      expect(answer.code).toBe('FORBIDDEN')
      expect(answer.body).toContain(`"details":{"permission":"${permission}"}`)
      if (procedure.type !== 'subscription') expect(answer.status).toBe(403)
    },
  )

  test.each(ofTenants)('who may is answered by $path, with the ids of this tenant', async (procedure) => {
    for (const through of [undefined, ...procedure.ids.map(({ path }) => path)]) {
      const answer = await call({
        ...procedure,
        input: await makeInput(procedure, { ...(through && { through }), isFresh: true }),
      })
      // A conflict is an answer about something that was found.
      const expected = procedure.row.refuses ? [procedure.row.refuses.status] : [200, 409]
      expect(expected, answer.body).toContain(answer.status)
      if (answer.status === 200) expect(answer.code).toBeUndefined()
    }
  })
})

test.each(ofOperators)('$path is refused to an owner who is no operator', async (procedure) => {
  for (const tenantKey of [null, own.tenantKey]) {
    const answer = await call({ ...procedure, tenantKey, input: await makeInput(procedure) })
    expect(answer).toMatchObject({ status: 403, code: 'FORBIDDEN' })
  }
})

describe('an id of another tenant', () => {
  test.each(foreignable)(
    'in $place of $path is answered as one that does not exist, byte for byte',
    async ({ procedure, field }) => {
      const { status, body } = await callWith(procedure, field, idOf(foreignIds, field.thing))
      expect({ status, body }).toMatchObject(await callWith(procedure, field, newId()))
      expect(body).not.toContain(foreign.mark)
      const isLeftOut = procedure.type === 'query' || procedure.row.ignoresUnknownIds !== undefined
      expect(isLeftOut ? [200, 404] : [404], body).toContain(status)
    },
  )

  async function callWith(procedure: AttackedProcedure, { path }: IdField, id: string) {
    const input = await makeInput(procedure, { through: path, except: { path, id } })
    const answer = await call({ ...procedure, input })
    return { status: answer.status, body: answer.body.replaceAll(id, 'the id') }
  }
})

test.each(procedures.filter(({ type }) => type !== 'subscription'))(
  '$path is not asked for by the other method',
  async (procedure) => {
    const type = procedure.type === 'mutation' ? 'query' : 'mutation'
    const answer = await call({ ...procedure, type, input: exampleFor(procedure) })
    expect(answer.status).toBe(405)
  },
)

test('nothing of all this has changed or added a row in the other tenant', async () => {
  expect(foreignIds.size).toBe(Object.keys(THINGS).length)
  expect(await tenants.readAll(foreign)).toBe(foreignBefore)
})
