import { writeCustomersCsv } from '@sarai/api'
import { CustomerViewContent } from '@sarai/api/customer/schema'
import type { FastifyInstance } from 'fastify'
import type { Parts } from './context.ts'
import { callerFor, readFilter, refuse, sendCsv } from './csv-answer.ts'
import { checkOrigins } from './origin-check.ts'

/**
 * A list of customers as a CSV file: `?input=` is `{ filter, sort?, columns? }`, as JSON. It is written down in the audit log
 * before the first line is sent. Each page is a request of its own, so that no connection is held while a slow reader
 * reads, and the file ends for who loses the right to it.
 */
export async function addCustomerExport(
  app: FastifyInstance,
  options: Parts & { publicUrl: URL | undefined },
): Promise<void> {
  await app.register(async (scope) => {
    checkOrigins(scope, options.publicUrl)
    scope.get<{ Params: { tenantKey: string } }>('/t/:tenantKey/customers.csv', async (request, reply) => {
      const { tenantKey } = request.params
      const list = readFilter(request, {
        schema: CustomerViewContent,
        everything: '{"filter":{}}',
        from: 'the list of customers',
      })
      const call = callerFor(options, request, tenantKey).customer.export
      const { columns } = await call.begin(list).catch(refuse)
      const { filter, sort } = list
      const pieces = writeCustomersCsv(columns, (cursor) => call.page({ ...filter, sort, cursor }))
      return sendCsv(reply, { name: `customers-${tenantKey}`, pieces })
    })
  })
}
