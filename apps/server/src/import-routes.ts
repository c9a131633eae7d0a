import { receiveImport } from '@sarai/api'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { contextOf, type Parts } from './context.ts'
import { checkOrigins } from './origin-check.ts'
import { takeBytes } from './take-bytes.ts'

interface ImportOptions extends Parts {
  publicUrl: URL | undefined
}

interface UploadRequest {
  Params: { tenantKey: string }
}

/**
 * The bytes of a file of customers, which no procedure carries: `POST /t/:tenantKey/imports?name=…` with the file itself as
 * the body; `encoding` and `delimiter` only where the sender knows better than the file says. Whoever asks is looked at
 * as for a procedure, and refused with the same codes; the answer is what `import.byId` says of it.
 */
export async function addImportRoutes(app: FastifyInstance, options: ImportOptions): Promise<void> {
  await app.register(async (scope) => {
    checkOrigins(scope, options.publicUrl)
    takeBytes(scope)
    scope.post<UploadRequest>('/t/:tenantKey/imports', (request, reply) =>
      takeImport(options, request, reply),
    )
  })
}

async function takeImport(
  options: ImportOptions,
  request: FastifyRequest<UploadRequest>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { tenantKey } = request.params
  // Refused before the end, the rest is not listened to.
  reply.header('connection', 'close')
  const received = await receiveImport(
    contextOf(options, { request, log: request.server.log, requestedTenantKey: tenantKey }),
    {
      query: request.query,
      body: request.raw,
      declaredBytes: Number(request.headers['content-length'] ?? 0),
    },
  )
  return reply.removeHeader('connection').code(201).header('cache-control', 'no-store').send(received)
}
