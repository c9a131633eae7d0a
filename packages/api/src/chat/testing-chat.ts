import { newId, type TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { createTestDesk, type TestApi, type TestDesk, type TestMember } from '../testing.ts'
import { receiveCustomerMessage } from './receive-customer-message.ts'
import type { ListConversationsInput } from './schema.ts'

/** A desk with customers who write, for tests. */
export interface TestChat extends TestDesk {
  /** A new customer; says their id. */
  addCustomer(name?: string): Promise<string>
  /** A new conversation of a new customer; says its id. */
  openConversation(member: TestMember): Promise<string>
  /** Ids of a list, in its order. */
  listIds(member: TestMember, input: ListConversationsInput): Promise<string[]>
  inTenant<T>(work: (db: Kysely<TenantTables>) => Promise<T>): Promise<T>
  hearCustomer(
    conversationId: string,
    body: string,
    clientId?: string,
  ): ReturnType<typeof receiveCustomerMessage>
}

export async function openTestChat(api: TestApi): Promise<TestChat> {
  const desk = await createTestDesk(api)
  const { tenant, tenantKey } = desk
  const { database, changes } = api

  async function addCustomer(name = 'Amina Baloch'): Promise<string> {
    const id = newId()
    const now = new Date()
    await database.withTenant(tenantKey, (db) =>
      db.insertInto('customers').values({ id, name, created_at: now, updated_at: now }).execute(),
    )
    return id
  }

  return {
    ...desk,
    addCustomer,
    async openConversation(member) {
      const customerId = await addCustomer()
      return (await member.call.chat.conversation.create({ customerId })).id
    },
    async listIds(member, input) {
      return (await member.call.chat.conversation.list(input)).items.map(({ id }) => id)
    },
    inTenant: (work) => database.withTenant(tenantKey, work),
    hearCustomer: (conversationId, body, clientId = newId()) =>
      database.withTenant(tenantKey, (db) =>
        receiveCustomerMessage({ db, tenant, changes }, { conversationId, clientId, body }),
      ),
  }
}
