import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { KnownMessage } from './check-history.ts'

/** An answer that takes longer is taken for lost, and the message is sent again under the same client id. */
const ANSWER_MAX_MS = 5_000
const PAUSE_MS = 50
/** One request in so many is given up in the middle by the writer itself. */
const IMPATIENT_ONE_IN = 20
const IMPATIENT_MS = 3

export interface Desk {
  tenantKey: string
  cookie: string
  conversationIds: readonly string[]
}

export interface WriterOptions {
  desk: Desk
  /** Whichever process is up; asked anew for each attempt. */
  origin: () => string
  messages: number
  random: () => number
  onAcknowledged: (message: KnownMessage) => void
}

const Answer = z.object({
  result: z.object({ data: z.object({ message: z.object({ seq: z.number(), clientId: z.string() }) }) }),
})

/** Sends one message after the other, each until it is told that it is sent. */
export async function write({
  desk,
  origin,
  messages,
  random,
  onAcknowledged,
}: WriterOptions): Promise<void> {
  for (let count = 0; count < messages; count++) {
    const at = Math.floor(random() * desk.conversationIds.length)
    const conversationId = desk.conversationIds[at] ?? ''
    const clientId = randomUUID()
    // The tenant's name is in the words themselves: whoever reads them can tell whose they are.
    const input = { conversationId, clientId, body: `${desk.tenantKey} ${count}` }
    onAcknowledged({ tenantKey: desk.tenantKey, conversationId, clientId, seq: await send(input) })
  }

  async function send(input: { clientId: string }): Promise<number> {
    for (;;) {
      const isImpatient = random() * IMPATIENT_ONE_IN < 1
      const seq = await attempt(input, isImpatient ? IMPATIENT_MS : ANSWER_MAX_MS)
      if (seq !== undefined) return seq
      await sleep(PAUSE_MS * (0.5 + random()))
    }
  }

  /** undefined: nobody knows whether it arrived. */
  async function attempt(input: object, timeoutMs: number): Promise<number | undefined> {
    const answer = await fetch(`${origin()}/t/${desk.tenantKey}/trpc/chat.message.send`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: desk.cookie },
      body: JSON.stringify(input),
      signal: AbortSignal.timeout(timeoutMs),
    })
      .then(async (response) => ({ status: response.status, body: await response.json() }))
      .catch(() => undefined)
    if (!answer || answer.status === 429 || answer.status >= 500) return undefined
    return Answer.parse(answer.body).result.data.message.seq
  }
}
