import { appRouter, CONNECTED_FRAME, type Context, encodeError } from '@sarai/api'
import { callTRPCProcedure, getTRPCErrorFromUnknown, getTRPCErrorShape } from '@trpc/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { contextOf, type Parts } from './context.ts'
import type { LiveStreams } from './live-streams.ts'
import { StreamSocket } from './stream-socket.ts'

/** The procedure that is answered here, and by tRPC only if what it is asked cannot be read. */
const PATH = 'chat.changes'
const NOTHING = new Uint8Array()
const HEADERS = {
  'content-type': 'text/event-stream',
  'cache-control': 'no-cache, no-transform',
  // What stands between us and the browser must pass on each event as it comes.
  'x-accel-buffering': 'no',
}

interface ChangesQuery {
  input?: unknown
  batch?: unknown
  lastEventId?: unknown
}

/** What a stream of changes is asked for; undefined if it is none, or tRPC is to say what is wrong with it. */
export function readChangesInput(path: string, request: FastifyRequest): object | undefined {
  const { input: text = '{}', batch, lastEventId } = request.query as ChangesQuery
  if (path !== PATH || request.method !== 'GET' || batch !== undefined) return undefined
  const input = parseInput(text)
  if (typeof input !== 'object' || input === null) return undefined
  // EventSource says by itself how far it came, and knows better than the address it was first given.
  const resumeId = request.headers['last-event-id'] ?? lastEventId
  return resumeId === undefined ? input : { ...input, lastEventId: resumeId }
}

function parseInput(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return undefined
  }
}

export interface ChangesCall {
  request: FastifyRequest
  reply: FastifyReply
  requestedTenantKey: string | null
  input: object
}

/**
 * The stream of changes as tRPC would answer it: the same procedure lets in or refuses, the same bytes go out. But
 * the feed writes them to the socket itself, which saves a chain of streams and a copy of each change for each reader.
 */
export async function answerChanges(
  options: Parts & { streams: LiveStreams },
  { request, reply, requestedTenantKey, input }: ChangesCall,
): Promise<FastifyReply> {
  reply.hijack()
  const sink = new StreamSocket(reply.raw)
  const context = contextOf(options, { request, requestedTenantKey, sink })
  try {
    const changes = await openChanges(context, input)
    begin(reply)
    sink.write(CONNECTED_FRAME)
    const session = await context.memo.session
    if (session) options.streams.keep(sink, session.id)
    // What the feed writes does not come this way: it ends, or fails, when the stream does.
    for await (const event of changes) throw new Error(`not written: ${JSON.stringify(event)}`)
    sink.end(NOTHING)
  } catch (error) {
    begin(reply)
    sink.end(encodeError(toShape(error, { context, input })))
  }
  return reply
}

async function openChanges(context: Context, input: object): Promise<AsyncIterable<unknown>> {
  return callTRPCProcedure({
    router: appRouter,
    path: PATH,
    getRawInput: () => Promise.resolve(input),
    ctx: context,
    type: 'subscription',
    signal: context.sink?.signal,
    batchIndex: 0,
  }) as Promise<AsyncIterable<unknown>>
}

/** Once. An answer that was taken out of Fastify's hands carries what its hooks prepared only if it is put in here. */
function begin(reply: FastifyReply): void {
  if (reply.raw.headersSent) return
  for (const [name, value] of Object.entries({ ...reply.getHeaders(), ...HEADERS })) {
    if (value !== undefined) reply.raw.setHeader(name, value)
  }
  reply.raw.writeHead(200)
}

function toShape(error: unknown, { context, input }: { context: Context; input: object }): object {
  return getTRPCErrorShape({
    config: appRouter._def._config,
    error: getTRPCErrorFromUnknown(error),
    type: 'subscription',
    path: PATH,
    input,
    ctx: context,
  })
}
