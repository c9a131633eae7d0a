import { openAttachment, uploadAttachment } from '@sarai/api'
import { create as contentDisposition } from 'content-disposition'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { contextOf, type Parts } from './context.ts'
import { checkOrigins } from './origin-check.ts'
import { answerBytes, takeBytes } from './take-bytes.ts'

/** For the whole of a file to arrive: FILE_BYTES_MAX in this time is 43 kB a second, less than the slowest telephone. */
export const UPLOAD_ARRIVES_TIMEOUT_MS = 10 * 60_000
/** A file never changes; its reader may lose the right to see it. */
const FILE_MAX_AGE_S = 3_600

interface FileOptions extends Parts {
  publicUrl: URL | undefined
}

interface UploadRequest {
  Params: { tenantKey: string }
  Querystring: { name?: unknown }
}

interface DownloadRequest {
  Params: { tenantKey: string; fileId: string }
  Querystring: { download?: unknown }
}

/**
 * The bytes of attachments, which no procedure carries. `POST /t/:tenantKey/files?name=…` with the file itself as the body;
 * `GET /t/:tenantKey/files/:fileId`. Whoever asks is looked at as for a procedure, and refused with the same codes.
 */
export async function addFileRoutes(app: FastifyInstance, options: FileOptions): Promise<void> {
  app.get<DownloadRequest>('/t/:tenantKey/files/:fileId', (request, reply) =>
    sendFile(options, request, reply),
  )
  await app.register(async (scope) => {
    checkOrigins(scope, options.publicUrl)
    takeBytes(scope)
    scope.post<UploadRequest>('/t/:tenantKey/files', (request, reply) => {
      const { tenantKey: requestedTenantKey } = request.params
      const name = typeof request.query.name === 'string' ? request.query.name : ''
      return answerBytes(request, reply, (sent) =>
        uploadAttachment(contextOf(options, { request, requestedTenantKey }), { ...sent, name }),
      )
    })
  })
}

async function sendFile(
  options: FileOptions,
  request: FastifyRequest<DownloadRequest>,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { tenantKey, fileId } = request.params
  const file = await openAttachment(contextOf(options, { request, requestedTenantKey: tenantKey }), fileId)
  const isShown = file.picture !== undefined && request.query.download === undefined
  request.headers['x-no-compression'] = '1'
  return reply
    .headers({
      ...HARMLESS_HEADERS,
      'content-type': file.mediaType === 'text/plain' ? 'text/plain; charset=utf-8' : file.mediaType,
      'content-length': file.bytes,
      'content-disposition': contentDisposition(file.name, { type: isShown ? 'inline' : 'attachment' }),
      etag: `"${file.sha256}"`,
    })
    .send(file.content)
}

/**
 * What somebody sent runs nowhere: not as a page (a sandbox with nothing in it), not as another type than was found, not
 * inside another page. The browser may keep it, for this person alone: another session has another cookie.
 */
const HARMLESS_HEADERS = {
  'content-security-policy': "sandbox; default-src 'none'",
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': `private, max-age=${FILE_MAX_AGE_S}`,
  vary: 'cookie',
}
