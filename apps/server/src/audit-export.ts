import { Readable } from 'node:stream'
import { type AuditPage, createCaller, DomainError, toWireError, writeAuditCsv } from '@sarai/api'
import { AUDIT_LIST_LIMIT_MAX, AuditFilter, InstallationAuditFilter } from '@sarai/api/audit/schema'
import { getTRPCErrorFromUnknown } from '@trpc/server'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { contextOf, type Parts } from './context.ts'
import { checkOrigins } from './origin-check.ts'

type Caller = ReturnType<typeof createCaller>
interface AuditParams {
  tenantKey: string
}

/**
 * The audit log as a CSV file: `?input=` is the filter of `audit.list`, as JSON. The procedure itself is called for each
 * page, as a request of its own, so that the file has what the page shows, and ends for who loses the right to it. No
 * connection is held while a slow reader reads.
 */
export async function addAuditExports(
  app: FastifyInstance,
  options: Parts & { publicUrl: URL | undefined },
): Promise<void> {
  await app.register(async (scope) => {
    checkOrigins(scope, options.publicUrl)
    scope.get<{ Params: AuditParams }>('/t/:tenantKey/audit.csv', (request, reply) => {
      const { tenantKey } = request.params
      const filter = readFilter(request, AuditFilter)
      const call = callerFor(options, request, tenantKey)
      return sendCsv(reply, tenantKey, (cursor) =>
        call.audit.list({ ...filter, cursor, limit: AUDIT_LIST_LIMIT_MAX }),
      )
    })
    scope.get('/api/operator/audit.csv', (request, reply) => {
      const filter = readFilter(request, InstallationAuditFilter)
      const call = callerFor(options, request, null)
      return sendCsv(reply, 'installation', (cursor) =>
        call.operator.audit.list({ ...filter, cursor, limit: AUDIT_LIST_LIMIT_MAX }),
      )
    })
  })
}

function callerFor(options: Parts, request: FastifyRequest, requestedTenantKey: string | null): Caller {
  return createCaller(() => contextOf(options, { request, log: request.server.log, requestedTenantKey }))
}

interface Schema<Filter> {
  safeParse(input: unknown): { success: true; data: Filter } | { success: false; error: unknown }
}

function readFilter<Filter>({ query }: FastifyRequest, schema: Schema<Filter>): Filter {
  const { input = '{}' } = query as { input?: unknown }
  const filter = schema.safeParse(parseJson(input))
  if (filter.success) return filter.data
  throw new DomainError('INVALID', 'This filter cannot be read. Open the audit log and export from there.', {
    cause: filter.error,
  })
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return undefined
  }
}

/** The first page is there before the answer begins: a refusal is an answer, not a file that ends. */
async function sendCsv(
  reply: FastifyReply,
  name: string,
  readPage: (cursor: string | null) => Promise<AuditPage>,
): Promise<FastifyReply> {
  const first = await readPage(null).catch(refuse)
  const day = new Date().toISOString().slice(0, 10)
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="audit-${name}-${day}.csv"`)
    .header('cache-control', 'no-store')
    .send(Readable.from(writeAuditCsv(first, readPage)))
}

/** What the procedure refused, as the other paths answer it. */
function refuse(error: unknown): never {
  const { cause } = getTRPCErrorFromUnknown(error)
  throw toWireError(cause) ? cause : error
}
