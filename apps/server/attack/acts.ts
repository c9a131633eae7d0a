import { newId } from '@sarai/db'
import { Secret, TOTP } from 'otpauth'
import { createTestPerson, signIn, TEST_PASSWORD } from '../src/testing.ts'
import { callProcedure } from './call-procedure.ts'
import { THINGS } from './things.ts'
import { openSide, type TwoTenants } from './two-tenants.ts'

/** A call that changes something. Left out: the tenant's owner, in their tenant, with an input from the schema. */
export interface Act {
  input?: object
  cookie?: string
  tenantKey?: string | null
}

const NEW_PASSWORD = 'another horse, another battery'
let made = 0

type Acts = Record<string, () => Promise<Act>>

/** What has to be there before a procedure changes anything, for those where its schema does not say it. */
export function actsOf(tenants: TwoTenants): Acts {
  const hands = makeHands(tenants)
  return { ...accountActs(hands), ...customerActs(hands), ...operatorActs(hands), ...otherActs(hands) }
}

type Hands = ReturnType<typeof makeHands>

function makeHands(tenants: TwoTenants) {
  const { http, own } = tenants
  const ask = async (path: string, { input = {}, cookie = own.cookie, tenantKey = null }: Act) => {
    const { status, body } = await callProcedure(http, { path, type: 'mutation', input, cookie, tenantKey })
    if (status !== 200) throw new Error(`${path} answered ${status}: ${body}`)
    return (JSON.parse(body) as { result: { data: Record<string, string> } }).result.data
  }
  const here = (path: string, input: object) => ask(path, { input, tenantKey: own.tenantKey })
  const somebody = async () => {
    const { email } = await createTestPerson(http, `person-${made++}@rabin.test`)
    return { email, cookie: await signIn(http, email) }
  }
  const byOperator = async (input: object): Promise<Act> => ({
    input,
    tenantKey: null,
    cookie: await tenants.signInOperator(),
  })
  const tenant = async (state: 'active' | 'suspended' | 'archived') => {
    const tenantKey = `tenant-${made++}`
    await openSide(http, tenantKey)
    if (state === 'suspended') await http.database.setTenantStatus(tenantKey, 'suspended')
    if (state === 'archived') await ask('operator.tenant.archive', await byOperator({ tenantKey }))
    return tenantKey
  }
  const onTenant = (state: 'active' | 'suspended' | 'archived') => async () =>
    byOperator({ tenantKey: await tenant(state) })
  const onPerson =
    (more: object = {}) =>
    async () =>
      byOperator({ email: (await somebody()).email, ...more })
  const byThemselves =
    (input: object = {}) =>
    async () => ({
      input,
      tenantKey: null,
      cookie: (await somebody()).cookie,
    })
  return { http, own, ask, here, somebody, byOperator, tenant, onTenant, onPerson, byThemselves }
}

async function inviteTo({ own, here }: Hands, email: string): Promise<string> {
  const roleId = await THINGS.role.make(own)
  const { link = '' } = await here('permission.member.invite', { email, roleId })
  return link.slice(link.indexOf('#') + 1)
}

async function withSecondStep({ ask, somebody }: Hands, isOn: boolean) {
  const { cookie } = await somebody()
  const { secret = '' } = await ask('auth.twoFactor.begin', { cookie, input: { password: TEST_PASSWORD } })
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate()
  if (isOn) await ask('auth.twoFactor.confirm', { cookie, input: { code } })
  return { tenantKey: null, cookie, input: isOn ? { password: TEST_PASSWORD } : { code } }
}

async function twoCustomers({ own }: Hands): Promise<{ input: { ids: string[] } }> {
  return { input: { ids: [await THINGS.customer.make(own), await THINGS.customer.make(own)] } }
}

function accountActs(hands: Hands): Acts {
  const { http, own, ask, somebody, onPerson, byThemselves } = hands
  return {
    'auth.password.change': byThemselves({ current: TEST_PASSWORD, password: NEW_PASSWORD }),
    'auth.password.reset': async () => {
      const { link = '' } = await ask('operator.person.makeResetLink', await onPerson()())
      const token = link.slice(link.indexOf('#') + 1)
      return { tenantKey: null, cookie: '', input: { token, password: NEW_PASSWORD } }
    },
    'auth.session.revoke': async () => ({ tenantKey: null, input: { id: await THINGS.session.make(own) } }),
    'auth.session.revokeOthers': async () => {
      const { email, cookie } = await somebody()
      await signIn(http, email)
      return { tenantKey: null, cookie }
    },
    'auth.twoFactor.confirm': () => withSecondStep(hands, false),
    'auth.twoFactor.disable': () => withSecondStep(hands, true),
    'auth.twoFactor.renewRecoveryCodes': () => withSecondStep(hands, true),
    'invitation.accept': async () => {
      const token = await inviteTo(hands, `invited-${made++}@rabin.test`)
      return { tenantKey: null, cookie: '', input: { token, name: 'Invited', password: NEW_PASSWORD } }
    },
    'invitation.join': async () => {
      const { email, cookie } = await somebody()
      return { tenantKey: null, cookie, input: { token: await inviteTo(hands, email) } }
    },
  }
}

function customerActs(hands: Hands): Acts {
  const { own, here } = hands
  return {
    'customer.restore': async () => {
      const id = await THINGS.customer.make(own)
      await here('customer.archive', { id })
      return { input: { id } }
    },
    'customer.setTags': async () => ({
      input: { id: await THINGS.customer.make(own), add: [await THINGS.tag.make(own)] },
    }),
    'customer.update': async () => ({ input: { id: await THINGS.customer.make(own), company: 'Another' } }),
    'customer.tag.update': async () => ({ input: { id: await THINGS.tag.make(own), color: 'red' } }),
    'customer.tag.merge': async () => ({
      input: { fromId: await THINGS.tag.make(own), intoId: await THINGS.tag.make(own) },
    }),
    'duplicate.tellApart': () => twoCustomers(hands),
    'duplicate.forgetApart': () => twoCustomers(hands),
    'duplicate.merge': async () => {
      const { input } = await twoCustomers(hands)
      const [survivorId = '', id = ''] = input.ids
      return { input: { survivorId, survivorVersion: 1, merged: [{ id, version: 1 }] } }
    },
  }
}

function operatorActs(hands: Hands): Acts {
  const { http, byOperator, tenant, onTenant, onPerson } = hands
  return {
    'operator.person.makeResetLink': onPerson(),
    'operator.tenant.archive': onTenant('active'),
    'operator.tenant.create': () =>
      byOperator({ tenantKey: `tenant-${made++}`, name: 'New', ownerEmail: `owner-${made++}@rabin.test` }),
    'operator.tenant.delete': async () => {
      const tenantKey = await tenant('archived')
      return byOperator({ tenantKey, confirmedKey: tenantKey })
    },
    'operator.tenant.restore': onTenant('archived'),
    'operator.tenant.resume': onTenant('suspended'),
    'operator.tenant.suspend': onTenant('active'),
    'operator.user.create': () => byOperator({ email: `new-${made++}@rabin.test`, name: 'New' }),
    'operator.user.endSessions': onPerson(),
    'operator.user.resetPassword': onPerson(),
    'operator.user.setOperator': onPerson({ isOperator: true }),
    'operator.user.switchTwoFactorOff': async () => {
      const { cookie } = await withSecondStep(hands, true)
      const session = await http.auth.findSession(new Headers({ cookie }))
      return byOperator({ email: session?.user.email })
    },
  }
}

function otherActs(hands: Hands): Acts {
  const { own } = hands
  return {
    'permission.member.invite': async () => ({
      input: { email: `invited-${newId()}@rabin.test`, roleId: await THINGS.role.make(own) },
    }),
    'permission.role.update': async () => ({
      input: { id: await THINGS.role.make(own), permissions: ['chat:read'] },
    }),
    'label.update': async () => ({ input: { id: await THINGS.label.make(own), color: 'red' } }),
    'rule.update': async () => ({
      input: {
        id: await THINGS.rule.make(own),
        name: `Rule ${made++}`,
        isOn: false,
        trigger: { kind: 'agentReplied' },
        conditions: [],
        acts: [{ kind: 'setStatus', status: 'resolved' }],
      },
    }),
    'rule.setOn': async () => ({ input: { id: await THINGS.rule.make(own), isOn: true } }),
    'rule.order': async () => {
      const [first, second] = [await THINGS.rule.make(own), await THINGS.rule.make(own)]
      return { input: { ids: [second, first] } }
    },
    'merge.conversations': async () => ({
      input: {
        mergedConversationId: await THINGS.conversation.make(own),
        survivorConversationId: await THINGS.conversation.make(own),
        ofDifferentCustomers: true,
      },
    }),
    'macro.update': async () => ({
      input: { id: await THINGS.macro.make(own), name: `Macro ${made++}`, acts: [{ kind: 'take' }] },
    }),
    'team.update': async () => ({ input: { id: await THINGS.team.make(own), name: `Team ${made++}` } }),
    'tenant.updateProfile': async () => ({ input: { country: 'AE' } }),
  }
}
