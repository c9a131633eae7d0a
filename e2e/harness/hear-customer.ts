import { receiveCustomerMessage } from '@sarai/api'
import { type Database, newId } from '@sarai/db'
import type { Desk } from './desk.ts'

/** The customer of a conversation writes, through a process of its own: the server finds the change in the database. */
export async function hearCustomer(
  database: Database,
  { desk, conversationId, body }: { desk: Desk; conversationId: string; body: string },
): Promise<void> {
  await database.withTenant(desk.tenantKey, async (db) => {
    const tenant = await database.findTenant(desk.tenantKey)
    if (!tenant) throw new Error('the desk has gone')
    const ctx = { db, tenant, changes: { wake: () => {} } }
    await receiveCustomerMessage(ctx, { conversationId, clientId: newId(), body })
  })
}
