import type { FastifyInstance, FastifyRequest } from 'fastify'
import { UPLOAD_ARRIVES_TIMEOUT_MS } from './file-routes.ts'

/** Where files come in; what they are read into has its own bound in the time between two pieces. */
const UPLOAD_PATHS: readonly unknown[] = [
  '/t/:tenantKey/files',
  '/t/:tenantKey/imports',
  '/api/operator/archives',
]

/** For the whole of a request to arrive that is no file. Answers, and so streams, may take longer. */
export const REQUEST_ARRIVES_TIMEOUT_MS = 30_000

/** The server's own limit, which is one for all requests, has to let a file through. */
export const ANY_REQUEST_ARRIVES_TIMEOUT_MS = UPLOAD_ARRIVES_TIMEOUT_MS

/** Ends a connection on which something other than a file is still arriving after the time for it. */
export function endSlowRequests(app: FastifyInstance, timeoutMs = REQUEST_ARRIVES_TIMEOUT_MS): void {
  app.addHook('onRequest', async (request) => {
    if (!hasBody(request) || isUpload(request)) return
    const { raw } = request
    const timer = setTimeout(() => {
      if (!raw.complete) raw.destroy()
    }, timeoutMs).unref()
    raw.once('close', () => clearTimeout(timer))
  })
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

function isUpload({ method, routeOptions }: FastifyRequest): boolean {
  return method === 'POST' && UPLOAD_PATHS.includes(routeOptions.url)
}
