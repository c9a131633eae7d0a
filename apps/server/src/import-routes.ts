import { receiveImport } from '@sarai/api'
import type { FastifyInstance } from 'fastify'
import { contextOf, type Parts } from './context.ts'
import { checkOrigins } from './origin-check.ts'
import { answerBytes, takeBytes } from './take-bytes.ts'

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
    scope.post<UploadRequest>('/t/:tenantKey/imports', (request, reply) => {
      const { tenantKey: requestedTenantKey } = request.params
      return answerBytes(request, reply, (sent) =>
        receiveImport(contextOf(options, { request, requestedTenantKey }), { ...sent, query: request.query }),
      )
    })
  })
}
