import compress from '@fastify/compress'
import { fastify, type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import { checkHosts } from './allowed-host.ts'
import { addArchiveRoutes } from './archive-routes.ts'
import { addAuditExports } from './audit-export.ts'
import { addAuthRoutes } from './auth-routes.ts'
import type { Parts } from './context.ts'
import { addCustomerExport } from './customer-export.ts'
import { sendError } from './error-answer.ts'
import { addFileRoutes } from './file-routes.ts'
import { addHealthRoutes } from './health.ts'
import { parseJson } from './json-body.ts'
import type { LiveStreams } from './live-streams.ts'
import { addImportRoutes } from './import-routes.ts'
import { addMetricsRoute, type Metrics } from './metrics.ts'
import { addPages } from './pages.ts'
import { loggedTenant, logRequests, makeRequestId, pathOf } from './request-log.ts'
import { addSecurityHeaders, setBareHeaders } from './security-headers.ts'
import { ANY_REQUEST_ARRIVES_TIMEOUT_MS, endSlowRequests } from './slow-requests.ts'
import { addTenantInfoRoute } from './tenant-info.ts'
import { addTrpcRoutes } from './trpc-routes.ts'

/** A message has at most 10,000 characters; a batch of twenty calls fits with room. */
export const BODY_BYTES_MAX = 1024 * 1024
/** A batch of queries carries its inputs in the URL; tRPC's client starts a second one well before this. */
export const URL_LENGTH_MAX = 8 * 1024
/** Node's own bound on all headers together, the request line included. */
const HEADERS_BYTES_MAX = 16 * 1024
/** Longer than the usual 60 s of a load balancer, so that it and not we closes an idle connection. */
const KEEP_ALIVE_TIMEOUT_MS = 72_000

export interface HttpOptions extends Parts {
  log: FastifyBaseLogger
  streams: LiveStreams
  metrics: Metrics
  isStopping: () => boolean
  /** The address we listen on. */
  bound: string
  /** Where people reach us, if an operator said so. */
  publicUrl: URL | undefined
  trustedProxies: string[]
  internalToken: string | undefined
  /** The folder of the built web app. */
  webRoot: string
  /** The page may offer the demo's public sign-ins. */
  isDemo: boolean
  /** Told every path that is registered: what no tenant may have for a key is checked against them. */
  onRoute?: ((path: string) => void) | undefined
}

/** All that can be asked over HTTP. Not listening yet. */
export async function createHttp(options: HttpOptions): Promise<FastifyInstance> {
  const { database, metrics, streams, bound, publicUrl, internalToken } = options
  const app = makeFastify(options)
  app.addHook('onRoute', ({ url }) => options.onRoute?.(url))
  app.removeContentTypeParser(['application/json', 'text/plain'])
  app.addContentTypeParser('application/json', { parseAs: 'string' }, parseJson(app))
  app.setErrorHandler(sendError)

  logRequests(app)
  await addSecurityHeaders(app, { isHttps: publicUrl?.protocol === 'https:' })
  app.addHook('onRequest', async (request) => {
    if (request.url.length > URL_LENGTH_MAX) throw new UrlTooLong()
  })
  checkHosts(app, { bound, publicUrl })
  endSlowRequests(app)
  // Answers alone: a compressed request could be far larger than the limit on what arrives.
  await app.register(compress, { globalDecompression: false })

  addHealthRoutes(app, options)
  metrics.watch({ connections: () => database.connections(), streams: () => streams.count })
  addMetricsRoute(app, { metrics, internalToken })
  addTenantInfoRoute(app, { database, internalToken })
  await addAuthRoutes(app, options)
  await addTrpcRoutes(app, options)
  await addAuditExports(app, options)
  await addFileRoutes(app, options)
  await addImportRoutes(app, options)
  await addArchiveRoutes(app, options)
  await addCustomerExport(app, options)
  await addPages(app, options)
  return app
}

function makeFastify({ log, trustedProxies }: HttpOptions): FastifyInstance {
  return fastify({
    loggerInstance: log,
    requestIdHeader: false,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: makeRequestId,
    childLoggerFactory: (...[parent, bindings, , request]) => {
      const path = pathOf(request.url ?? '')
      return parent.child({ ...bindings, tenant: loggedTenant(path), path })
    },
    trustProxy: trustedProxies.length > 0 && trustedProxies,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: ANY_REQUEST_ARRIVES_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS,
    forceCloseConnections: 'idle',
    routerOptions: { maxParamLength: URL_LENGTH_MAX },
    http: { maxHeaderSize: HEADERS_BYTES_MAX },
    frameworkErrors: (error, request, reply) => {
      setBareHeaders(reply)
      sendError(error, request, reply.header('x-request-id', request.id))
    },
  })
}

class UrlTooLong extends Error {
  readonly statusCode = 414
}
