import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'
import type { HeardMessage } from './check-history.ts'

const PAUSE_MS = 30

export interface ReaderOptions {
  tenantKey: string
  cookie: string
  /** Whichever process is up; asked anew for each connection. */
  origin: () => string
}

const Event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready') }),
  z.object({ type: z.literal('reset') }),
  z.object({
    type: z.literal('change'),
    change: z.looseObject({
      kind: z.string(),
      message: z
        .object({ clientId: z.string(), conversationId: z.string(), seq: z.number(), body: z.string() })
        .optional(),
    }),
  }),
])

/** Somebody who reads all changes of a tenant from the first, over as many connections as it takes. */
export class Reader {
  readonly heard: HeardMessage[] = []
  resets = 0
  /** The connections that it had. */
  connections = 0
  lastId = '0'
  readonly #options: ReaderOptions
  readonly #over = new AbortController()
  #connection = new AbortController()
  readonly #reading: Promise<void>

  constructor(options: ReaderOptions) {
    this.#options = options
    this.#reading = this.#read()
  }

  /** Breaks the connection wherever it is: between two events, or in the middle of one. */
  drop(): void {
    this.#connection.abort()
  }

  async stop(): Promise<void> {
    this.#over.abort()
    this.#connection.abort()
    await this.#reading
  }

  async #read(): Promise<void> {
    while (!this.#over.signal.aborted) {
      this.#connection = new AbortController()
      await this.#connect().catch(() => undefined)
      await sleep(PAUSE_MS)
    }
  }

  async #connect(): Promise<void> {
    const { tenantKey, cookie, origin } = this.#options
    const input = encodeURIComponent(JSON.stringify({ lastEventId: this.lastId }))
    const response = await fetch(`${origin()}/t/${tenantKey}/trpc/chat.changes?input=${input}`, {
      headers: { cookie, accept: 'text/event-stream' },
      signal: this.#connection.signal,
    })
    this.connections++
    let text = ''
    for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
      text += chunk
      const blocks = text.split('\n\n')
      text = blocks.pop() ?? ''
      for (const block of blocks) this.#hear(block)
    }
  }

  #hear(block: string): void {
    const [, data] = /^data: (.*)$/m.exec(block) ?? []
    const [, id] = /^id: (\d+)$/m.exec(block) ?? []
    if (data === undefined || id === undefined) return
    const event = Event.parse(JSON.parse(data))
    this.lastId = id
    if (event.type === 'reset') this.resets++
    if (event.type !== 'change' || !event.change.message) return
    const { clientId, conversationId, seq, body } = event.change.message
    const [tenantKey = ''] = body.split(' ')
    this.heard.push({ tenantKey, clientId, conversationId, seq, eventId: Number(id) })
  }
}
