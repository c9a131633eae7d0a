// Plain tRPC, as its documentation shows it: each subscription listens to an emitter and yields what comes. No database, no
// session and no permissions, so it does less than it would have to.
import { EventEmitter, on } from 'node:events'
import { initTRPC, tracked } from '@trpc/server'
import { createHTTPServer } from '@trpc/server/adapters/standalone'
import { z } from 'zod'
import { answerMeasurer } from './serve.ts'

const PING_MS = 10_000

const emitter = new EventEmitter().setMaxListeners(0)
const t = initTRPC.create({ sse: { ping: { enabled: true, intervalMs: PING_MS } } })
const now = new Date().toISOString()
let seq = 0

const router = t.router({
  changes: t.procedure.subscription(async function* ({ signal }) {
    yield tracked(String(seq), { type: 'ready' })
    for await (const [change] of on(emitter, 'change', { signal })) {
      yield tracked(String(change.seq), { type: 'change', change })
    }
  }),
  send: t.procedure
    .input(z.strictObject({ clientId: z.uuid(), body: z.string() }))
    .mutation(({ input }) => emitter.emit('change', makeChange(input))),
})

/** As large as Sarai's, with the same fields. */
function makeChange({ clientId, body }: { clientId: string; body: string }) {
  seq += 1
  const id = '01a20988-e13f-7515-aafe-18861247ecd2'
  const conversation = {
    ...{
      id,
      customerId: id,
      customerName: 'Hannah Fischer',
      subject: null,
      status: 'open',
      assigneeId: null,
    },
    ...{ assigneeName: null, lastSeq: seq, lastMessageAt: now, lastMessagePreview: body, waitingSince: null },
    ...{ snoozedUntil: null, resolvedAt: null, createdAt: now, updatedAt: now, mergedInto: null },
  }
  const message = {
    ...{ id, conversationId: id, seq, clientId, authorKind: 'agent', authorId: id, authorName: 'Amina' },
    ...{ private: false, body, createdAt: now },
  }
  return { kind: 'message.created', entityId: id, conversation, message, seq, at: now }
}

const server = createHTTPServer({ router })
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const origin = `http://127.0.0.1:${port}`
  answerMeasurer({ streamUrl: `${origin}/changes`, sendUrl: `${origin}/send`, cookie: '', body: {} })
})
