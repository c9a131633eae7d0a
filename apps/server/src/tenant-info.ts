import { DomainError } from '@sarai/api'
import { TENANT_KEY_PATTERN } from '@sarai/api/tenant/schema'
import { type Database, DatabaseError } from '@sarai/db'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { hasInternalToken, isDirectLoopback } from './caller.ts'

export interface TenantInfoOptions {
  database: Database
  /** Without one, only this machine may ask, and only directly. */
  internalToken: string | undefined
}

/** What another service of the operator's asks before it serves a tenant. Never a secret in the answer. */
export function addTenantInfoRoute(
  app: FastifyInstance,
  { database, internalToken }: TenantInfoOptions,
): void {
  app.get('/api/internal/tenant-info', async (request, reply) => {
    requireInternalCaller(request, internalToken)
    const tenant = await database.findTenant(readTenantKey(request.query))
    if (!tenant) throw new DatabaseError('TENANT_UNKNOWN', 'no such tenant')
    const { tenantKey, name, status, schemaVersion, createdAt } = tenant
    reply.header('cache-control', 'no-store')
    return { tenantKey, name, status, schemaVersion, createdAt: createdAt.toISOString() }
  })
}

function requireInternalCaller(request: FastifyRequest, internalToken: string | undefined): void {
  if (internalToken === undefined) {
    if (isDirectLoopback(request)) return
    throw new DomainError(
      'FORBIDDEN',
      'Only callers on the same machine may ask this, unless INTERNAL_API_TOKEN is set.',
    )
  }
  if (!hasInternalToken(request, internalToken)) {
    throw new DomainError('UNAUTHENTICATED', 'Send the internal token as Authorization: Bearer.')
  }
}

function readTenantKey(query: unknown): string {
  const requestedKey =
    typeof query === 'object' && query !== null && 'tenant_key' in query ? query.tenant_key : undefined
  if (typeof requestedKey === 'string' && TENANT_KEY_PATTERN.test(requestedKey)) return requestedKey
  throw new DomainError(
    'INVALID',
    'tenant_key must be one key: lower-case letters, digits and hyphens, 3 to 32 of them.',
  )
}
