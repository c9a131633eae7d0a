import { appRouter, BATCH_CALLS_MAX } from '@sarai/api'
import { incomingMessageToRequest } from '@trpc/server/adapters/node-http'
import { resolveResponse } from '@trpc/server/http'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { answerChanges, readChangesInput } from './answer-changes.ts'
import { contextOf, type Parts } from './context.ts'
import { sendTrpcError } from './error-answer.ts'
import type { LiveStreams } from './live-streams.ts'
import { checkOrigins } from './origin-check.ts'

export interface TrpcOptions extends Parts {
  streams: LiveStreams
  publicUrl: URL | undefined
}

interface TrpcParams {
  '*': string
  tenantKey?: string
}

/**
 * The procedures: `/trpc/*` for those that belong to no tenant, `/t/:tenantKey/trpc/*` for one tenant's. tRPC's
 * own resolver, without its Fastify plugin: that one takes uploads and raw bytes, which we do not.
 */
export async function addTrpcRoutes(app: FastifyInstance, options: TrpcOptions): Promise<void> {
  await app.register(async (scope) => {
    checkOrigins(scope, options.publicUrl)
    scope.setErrorHandler(sendTrpcError)
    for (const url of ['/trpc/*', '/t/:tenantKey/trpc/*']) {
      scope.route<{ Params: TrpcParams }>({
        method: ['GET', 'POST'],
        url,
        exposeHeadRoute: false,
        handler: (request, reply) => answerCalls(options, request, reply),
      })
    }
  })
}

async function answerCalls(
  options: TrpcOptions,
  request: FastifyRequest<{ Params: TrpcParams }>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { '*': path, tenantKey = null } = request.params
  const input = readChangesInput(path, request)
  if (input) return answerChanges(options, { request, reply, requestedTenantKey: tenantKey, input })
  const context = contextOf(options, { request, requestedTenantKey: tenantKey })
  // A batch that is answered call by call must not wait in a compressor's buffer.
  if (request.headers['trpc-accept'] !== undefined) request.headers['x-no-compression'] = '1'
  const response = await resolveResponse({
    router: appRouter,
    path,
    req: toRequest(request, reply),
    error: null,
    createContext: async () => context,
    allowBatching: true,
    maxBatchSize: BATCH_CALLS_MAX,
    onError: ({ error, path: procedure }) => {
      // Procedures log their own bugs; without a procedure it is tRPC's or ours, and nobody has yet.
      if (procedure === undefined && error.code === 'INTERNAL_SERVER_ERROR')
        request.log.error({ err: error }, 'request failed')
    },
  })
  // A cached answer of one person must not be given to the next one at the same machine.
  reply.code(response.status).header('cache-control', 'no-store')
  for (const [name, value] of response.headers) reply.header(name, value)
  const { body } = response
  // tRPC leaves the type out of what it refuses before any call.
  if (body === null || !isStreamed(response))
    return reply.type('application/json').send(await response.text())
  return reply.send(body)
}

/** The signal aborts when the caller's connection closes before the answer has gone. */
function toRequest(request: FastifyRequest, reply: FastifyReply): Request {
  const raw = Object.assign(request.raw, { body: request.body })
  return incomingMessageToRequest(raw, reply.raw, { maxBodySize: null })
}

function isEventStream({ headers }: Response): boolean {
  return headers.get('content-type') === 'text/event-stream'
}

/** Events of a subscription, or a batch that is answered call by call as the answers come. */
function isStreamed(response: Response): boolean {
  return isEventStream(response) || response.headers.get('transfer-encoding') === 'chunked'
}
