import type { Page } from '@playwright/test'
import { z } from 'zod'
import { call } from './call.ts'
import type { Desk } from './desk.ts'

const Created = z.object({ result: z.object({ data: z.object({ id: z.uuid() }) }) })

/** A customer and a conversation with them, made by whoever is signed in on that page. */
export async function startConversation(
  page: Page,
  { desk, customerName }: { desk: Desk; customerName: string },
): Promise<string> {
  const customerId = await createCustomer(page, { desk, name: customerName })
  return create(page, { desk, procedure: 'chat.conversation.create', input: { customerId } })
}

/** A conversation with a customer who is there. */
export function startConversationOf(
  page: Page,
  { desk, ...input }: { desk: Desk; customerId: string; subject: string },
): Promise<string> {
  return create(page, { desk, procedure: 'chat.conversation.create', input })
}

export function createCustomer(
  page: Page,
  { desk, ...input }: { desk: Desk; name: string; email?: string; phone?: string },
): Promise<string> {
  return create(page, { desk, procedure: 'customer.create', input })
}

async function create(
  page: Page,
  { desk, procedure, input }: { desk: Desk; procedure: string; input: object },
): Promise<string> {
  const answer = await call(page, { api: `/t/${desk.tenantKey}/trpc`, procedure, input })
  return Created.parse(answer).result.data.id
}
