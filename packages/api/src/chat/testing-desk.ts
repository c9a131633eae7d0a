import { type BuiltInRole, newId, type TenantRecord } from '@sarai/db'
import { createTestDatabase, createTestTenant, type TestDatabase } from '@sarai/db/testing'
import { type ChangeFeed, createChangeFeed } from '../change/change-feed.ts'
import type { FeedSettings } from '../change/feed-settings.ts'
import { createContext, type Log } from '../context.ts'
import { addMember } from '../permission/add-member.ts'
import { installBuiltInRoles } from '../permission/install-built-in-roles.ts'
import { createCaller } from '../root.ts'
import { receiveCustomerMessage } from './receive-customer-message.ts'

const log: Log = { info: () => undefined, warn: () => undefined, error: console.error }

/** A member of a tenant, who calls procedures as a browser would. */
export interface TestMember {
  userId: string
  name: string
  /** Through another process's feed, if one is given. */
  call: ReturnType<typeof createCaller>
}

/** A business with its people, a customer and a feed of its own, gone when disposed of. */
export interface TestDesk extends AsyncDisposable {
  database: TestDatabase
  tenant: TenantRecord
  feed: ChangeFeed
  member(role?: BuiltInRole): Promise<TestMember>
  customer(name?: string): Promise<string>
  conversation(member: TestMember, subject?: string): Promise<string>
  hearCustomer(
    conversationId: string,
    body: string,
    clientId?: string,
  ): ReturnType<typeof receiveCustomerMessage>
}

export interface TestDeskOptions {
  database: TestDatabase
  settings?: Partial<FeedSettings>
}

export async function openTestDesk({ database, settings = {} }: TestDeskOptions): Promise<TestDesk> {
  const testTenant = await createTestTenant(database, {
    seed: ({ tenantKey }) => database.withTenant(tenantKey, installBuiltInRoles),
  })
  const tenant = testTenant.record
  const feed = createChangeFeed({ database, log, settings })
  const desk: TestDesk = {
    database,
    tenant,
    feed,
    member: (role = 'agent') => makeMember({ database, tenant, feed }, role),
    customer: (name = 'Amina Baloch') => makeCustomer({ database, tenant }, name),
    async conversation(member, subject) {
      const customerId = await desk.customer()
      const { id } = await member.call.chat.conversation.create({ customerId, subject })
      return id
    },
    hearCustomer: (conversationId, body, clientId = newId()) =>
      database.withTenant(tenant.tenantKey, (db) =>
        receiveCustomerMessage({ db, tenant, changes: feed }, { conversationId, clientId, body }),
      ),
    async [Symbol.asyncDispose]() {
      feed.close()
      await testTenant[Symbol.asyncDispose]()
    },
  }
  return desk
}

interface Place {
  database: TestDatabase
  tenant: TenantRecord
  feed: ChangeFeed
}

async function makeMember({ database, tenant, feed }: Place, role: BuiltInRole): Promise<TestMember> {
  const userId = newId()
  const name = `Agent ${userId.slice(-4)}`
  const now = new Date()
  await database.master
    .insertInto('users')
    .values({ id: userId, name, email: `${userId}@test.test`, image: null, created_at: now, updated_at: now })
    .execute()
  await addMember(database, { tenant, userId, role })
  return { userId, name, call: callAs({ database, tenant, feed }, { id: userId, name }) }
}

/** The procedures of a tenant for one person, each call with a request of its own. */
export function callAs(
  { database, tenant, feed }: Place,
  user: { id: string; name: string },
): TestMember['call'] {
  const session = { id: newId(), user: { ...user, email: `${user.id}@test.test` }, isOperator: false }
  return createCaller(() =>
    createContext({
      requestId: newId(),
      log,
      database,
      changes: feed,
      requestedTenantKey: tenant.tenantKey,
      session: () => Promise.resolve(session),
    }),
  )
}

async function makeCustomer({ database, tenant }: Omit<Place, 'feed'>, name: string): Promise<string> {
  const id = newId()
  const now = new Date()
  await database.withTenant(tenant.tenantKey, (db) =>
    db.insertInto('customers').values({ id, name, created_at: now, updated_at: now }).execute(),
  )
  return id
}
