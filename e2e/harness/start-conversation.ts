import type { Page } from '@playwright/test'
import { z } from 'zod'
import type { Desk } from './desk.ts'

const Created = z.object({ result: z.object({ data: z.object({ id: z.uuid() }) }) })

/** A customer and a conversation with them, made by whoever is signed in on that page. */
export async function startConversation(
  page: Page,
  { desk, customerName }: { desk: Desk; customerName: string },
): Promise<string> {
  const customerId = await call(page, desk, { procedure: 'customer.create', input: { name: customerName } })
  return call(page, desk, { procedure: 'chat.conversation.create', input: { customerId } })
}

/** A mutation over HTTP, as any client would send it. */
async function call(
  page: Page,
  desk: Desk,
  { procedure, input }: { procedure: string; input: object },
): Promise<string> {
  const answer = await page.request.post(`/t/${desk.tenantKey}/trpc/${procedure}`, {
    data: input,
    headers: { origin: new URL(page.url()).origin },
  })
  if (!answer.ok()) throw new Error(`${procedure} failed: ${answer.status()} ${await answer.text()}`)
  return Created.parse(await answer.json()).result.data.id
}
