import { type AuditPage, writeAuditCsv } from '@sarai/api'
import { AUDIT_LIST_LIMIT_MAX, AuditFilter, InstallationAuditFilter } from '@sarai/api/audit/schema'
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { Parts } from './context.ts'
import { callerFor, readFilter, refuse, sendCsv } from './csv-answer.ts'
import { checkOrigins } from './origin-check.ts'

interface AuditParams {
  tenantKey: string
}

/** How a filter is asked for and refused. */
const ASKED = { everything: '{}', from: 'the audit log' }

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
      const filter = readFilter(request, { ...ASKED, schema: AuditFilter })
      const call = callerFor(options, request, tenantKey)
      return sendPages(reply, tenantKey, (cursor) =>
        call.audit.list({ ...filter, cursor, limit: AUDIT_LIST_LIMIT_MAX }),
      )
    })
    scope.get('/api/operator/audit.csv', (request, reply) => {
      const filter = readFilter(request, { ...ASKED, schema: InstallationAuditFilter })
      const call = callerFor(options, request, null)
      return sendPages(reply, 'installation', (cursor) =>
        call.operator.audit.list({ ...filter, cursor, limit: AUDIT_LIST_LIMIT_MAX }),
      )
    })
  })
}

/** The first page is there before the answer begins: a refusal is an answer, not a file that ends. */
async function sendPages(
  reply: FastifyReply,
  name: string,
  readPage: (cursor: string | null) => Promise<AuditPage>,
): Promise<FastifyReply> {
  const first = await readPage(null).catch(refuse)
  return sendCsv(reply, { name: `audit-${name}`, pieces: writeAuditCsv(first, readPage) })
}
