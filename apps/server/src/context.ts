import type { IncomingHttpHeaders } from 'node:http'
import {
  type Auth,
  type ChangeFeed,
  type ChangeSink,
  type Context,
  createContext,
  type Files,
  type JobRunner,
  type Log,
  type Mail,
} from '@sarai/api'
import type { Database } from '@sarai/db'
import type { FastifyRequest } from 'fastify'
import { readBearer } from './caller.ts'
import { loggedTenant, pathOf } from './request-log.ts'

/** What every request shares. */
export interface Parts {
  database: Database
  auth: Auth
  changes: ChangeFeed
  jobs: Pick<JobRunner, 'wake'>
  files: Files
  mail: Mail | null
  /** Where people reach the server. */
  baseUrl: string
}

interface ContextRequest {
  request: FastifyRequest
  requestedTenantKey: string | null
  sink?: ChangeSink | undefined
}

/** A request becomes a context; the session is looked up when the first procedure asks, once. */
export function contextOf(
  { database, auth, changes, jobs, files, mail, baseUrl }: Parts,
  { request, requestedTenantKey, sink }: ContextRequest,
): Context {
  const headers = toHeaders(request.headers)
  return createContext({
    requestId: request.id,
    log: withRequest(request),
    database,
    changes,
    jobs,
    files,
    auth: auth.parts,
    mail,
    baseUrl,
    client: { address: request.ip, userAgent: request.headers['user-agent'] ?? null },
    requestedTenantKey,
    apiKey: readBearer(request),
    session: () => auth.findSession(headers),
    sink,
  })
}

export function toHeaders(incoming: IncomingHttpHeaders): Headers {
  const headers = new Headers()
  for (const [name, value] of Object.entries(incoming)) {
    for (const one of Array.isArray(value) ? value : [value]) if (one !== undefined) headers.append(name, one)
  }
  return headers
}

/** Tenant, path and request id on every line; a procedure that knows better (its own path) says so. */
function withRequest(request: FastifyRequest): Log {
  const { log } = request.server
  const path = pathOf(request.url)
  const known = { requestId: request.id, tenant: loggedTenant(path), path }
  return {
    info: (fields, message) => log.info({ ...known, ...fields }, message),
    warn: (fields, message) => log.warn({ ...known, ...fields }, message),
    error: (fields, message) => log.error({ ...known, ...fields }, message),
  }
}
