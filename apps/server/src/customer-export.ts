import { writeCustomersCsv } from '@sarai/api'
import { CustomerViewContent, ExportInput } from '@sarai/api/customer/schema'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { Parts } from './context.ts'
import { callerFor, readBody, readFilter, refuse, sendCsv } from './csv-answer.ts'
import { checkOrigins } from './origin-check.ts'

/** How many rows the file will have, as they were counted before the first was written. */
const ROWS_HEADER = 'x-rows'
const LIST = { everything: '{"filter":{}}', from: 'the list of customers' }

interface ExportRequest {
  Params: { tenantKey: string }
}

/**
 * A list of customers as a CSV file: `?input=` is `{ filter, sort?, columns? }`, as JSON; posted, the body is the same with the
 * `ids` that were selected or `exceptIds`, which are too many for an address. It is written down in the audit log
 * before the first line is sent. Each page is a request of its own, so that no connection is held while a slow reader
 * reads, and the file ends for who loses the right to it.
 */
export async function addCustomerExport(
  app: FastifyInstance,
  options: Parts & { publicUrl: URL | undefined },
): Promise<void> {
  await app.register(async (scope) => {
    checkOrigins(scope, options.publicUrl)
    scope.get<ExportRequest>('/t/:tenantKey/customers.csv', async (request, reply) =>
      sendList(options, {
        request,
        reply,
        list: readFilter(request, { schema: CustomerViewContent, ...LIST }),
      }),
    )
    scope.post<ExportRequest>('/t/:tenantKey/customers.csv', async (request, reply) =>
      sendList(options, { request, reply, list: readBody(request, { schema: ExportInput, ...LIST }) }),
    )
  })
}

interface Asked {
  request: FastifyRequest<ExportRequest>
  reply: FastifyReply
  list: ExportInput
}

async function sendList(options: Parts, { request, reply, list }: Asked): Promise<FastifyReply> {
  const { tenantKey } = request.params
  const call = callerFor(options, request, tenantKey).customer.export
  const { columns, count } = await call.begin(list).catch(refuse)
  const { filter, sort, ids, exceptIds } = list
  const pieces = writeCustomersCsv(columns, (cursor) =>
    call.page({ ...filter, sort, ids, exceptIds, cursor }),
  )
  return sendCsv(reply.header(ROWS_HEADER, count), { name: `customers-${tenantKey}`, pieces })
}
