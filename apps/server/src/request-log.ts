import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { TenantKey } from '@sarai/api/tenant/schema'
import type { FastifyInstance } from 'fastify'
import { type DestinationStream, type Logger, type LoggerOptions, pino } from 'pino'

/** What a proxy or a test may hand us to follow a request by; anything else is replaced. */
const REQUEST_ID_PATTERN = /^[A-Za-z0-9._-]{8,64}$/
/** Asked every few seconds by machines: worth a line only when somebody looks for them. */
const QUIET_PATHS = /^\/(assets\/|healthz$|readyz$|metrics$)/

/** Bytes of lines that wait for an output that can be written to again; later lines are dropped. */
const UNWRITTEN_LENGTH_MAX = 256 * 1024

export type RequestLog = Logger

/** Lines of JSON on standard output. Nothing that a caller sent is in them but the path without its query. */
export function createLog(level: string, output?: DestinationStream): Logger {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    serializers: { err: (error: unknown) => describeError(error) },
  }
  return pino(options, output ?? openStandardOutput())
}

/**
 * Written line by line, so that nothing is left for the end: pino's flush at exit tries again for ever where
 * nothing can be written any more, in a terminal that has died or on a full disk. The server goes on without its
 * log; what cannot be written is kept up to a bound and goes out if that changes.
 */
function openStandardOutput(): DestinationStream {
  const output = pino.destination({ dest: 1, sync: true, maxLength: UNWRITTEN_LENGTH_MAX })
  output.on('error', () => {})
  return output
}

export function makeRequestId(request: Pick<IncomingMessage, 'headers'>): string {
  const given = request.headers['x-request-id']
  return typeof given === 'string' && REQUEST_ID_PATTERN.test(given) ? given : randomUUID()
}

/** The tenant in the path if it could be one: a log line is no place for whatever somebody typed. */
export function loggedTenant(path: string): string | null {
  const [, first = '', second = ''] = path.split('/')
  const requestedKey = first === 't' ? second : first
  return TenantKey.safeParse(requestedKey).success ? requestedKey : null
}

export function pathOf(url: string): string {
  return url.split('?', 1)[0] ?? url
}

/** One line for each request, when its answer has gone; for a stream, when it ends. */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  app.addHook('onResponse', async (request, reply) => {
    const fields = {
      method: request.method,
      route: request.routeOptions.url ?? null,
      status: reply.statusCode,
      durationMs: Math.round(reply.elapsedTime),
    }
    const isQuiet = QUIET_PATHS.test(request.url) && reply.statusCode < 400
    request.log[isQuiet ? 'debug' : 'info'](fields, 'request')
  })
  app.addHook('onRequestAbort', async (request) => {
    request.log.debug({}, 'the caller went away')
  })
}

/** An error without the properties that drivers hang on it: the SQL with its values is among them. */
function describeError(error: unknown, depth = 0): unknown {
  if (!(error instanceof Error)) return typeof error === 'string' ? error : { type: typeof error }
  const { name, message, stack } = error
  const code = 'code' in error ? error.code : undefined
  const cause = error.cause === undefined || depth === 4 ? undefined : describeError(error.cause, depth + 1)
  const stats = 'stats' in error ? error.stats : undefined
  return { type: name, message, stack, code, cause, stats }
}
