import { openTenantArchive, receiveArchive } from '@sarai/api'
import { create as contentDisposition } from 'content-disposition'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { contextOf, type Parts } from './context.ts'
import { checkOrigins } from './origin-check.ts'
import { answerBytes, takeBytes } from './take-bytes.ts'

interface ArchiveOptions extends Parts {
  publicUrl: URL | undefined
}

interface DownloadRequest {
  Params: { transferId: string }
}

/**
 * The bytes of tenants' archives, for operators alone. `POST /api/operator/archives?intoKey=…` with the archive itself as
 * the body begins an import and answers with what `operator.transfer.byId` says of it;
 * `GET /api/operator/archives/:transferId` is what an export has made.
 */
export async function addArchiveRoutes(app: FastifyInstance, options: ArchiveOptions): Promise<void> {
  await app.register(async (scope) => {
    // Reading too: a whole business is sent to nobody whom another site has led here.
    checkOrigins(scope, options.publicUrl)
    scope.get<DownloadRequest>('/api/operator/archives/:transferId', (request, reply) =>
      sendArchive(options, request, reply),
    )
    takeBytes(scope)
    scope.post('/api/operator/archives', (request, reply) =>
      answerBytes(request, reply, (sent) =>
        receiveArchive(contextOf(options, { request, requestedTenantKey: null }), {
          ...sent,
          query: request.query,
        }),
      ),
    )
  })
}

async function sendArchive(
  options: ArchiveOptions,
  request: FastifyRequest<DownloadRequest>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const archive = await openTenantArchive(
    contextOf(options, { request, requestedTenantKey: null }),
    request.params.transferId,
  )
  request.headers['x-no-compression'] = '1'
  return reply
    .headers({
      'content-type': 'application/zip',
      'content-length': archive.bytes,
      'content-disposition': contentDisposition(archive.name, { type: 'attachment' }),
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
      etag: `"${archive.sha256}"`,
    })
    .send(archive.content)
}
