import type { Attachment } from '@sarai/api'

/** A key under `chat.attachment.failure`. */
export const UPLOAD_FAILURES = [
  'network',
  'busy',
  'signedOut',
  'forbidden',
  'tooLarge',
  'type',
  'tooMany',
  'lost',
  'unexpected',
] as const
export type UploadFailure = (typeof UPLOAD_FAILURES)[number]
/** These pass without the person: the same file may be tried again. */
export const PASSING_UPLOAD_FAILURES: readonly UploadFailure[] = ['network', 'busy', 'signedOut']

export class UploadError extends Error {
  readonly failure: UploadFailure
  constructor(failure: UploadFailure) {
    super(`the file was not uploaded: ${failure}`)
    this.failure = failure
  }
}

export interface UploadOptions {
  /** Bytes that have gone, of all of the file. */
  onProgress: (sentBytes: number) => void
  signal: AbortSignal
}

/** Where the bytes of files come and go. */
export function filesUrl(tenantKey: string): string {
  return `/t/${tenantKey}/files`
}

/**
 * One file to the server. By XMLHttpRequest: `fetch` says nothing about what has gone.
 *
 * @throws UploadError
 */
export function uploadFile(
  url: string,
  { name, content }: { name: string; content: Blob },
  { onProgress, signal }: UploadOptions,
): Promise<Attachment> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', `${url}?name=${encodeURIComponent(name.toWellFormed())}`)
    request.setRequestHeader('content-type', 'application/octet-stream')
    request.responseType = 'json'
    request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded))
    request.addEventListener('error', () => reject(new UploadError('network')))
    request.addEventListener('load', () => {
      if (request.status === 201) resolve(request.response as Attachment)
      else reject(new UploadError(toFailure(request.status, request.response)))
    })
    request.addEventListener('abort', () => reject(new UploadError('network')))
    signal.addEventListener('abort', () => request.abort())
    request.send(content)
  })
}

const BY_CODE: Partial<Record<string, UploadFailure>> = {
  UNAUTHENTICATED: 'signedOut',
  FORBIDDEN: 'forbidden',
  TOO_LARGE: 'tooLarge',
  UNSUPPORTED_TYPE: 'type',
  CONFLICT: 'tooMany',
  RATE_LIMITED: 'busy',
  // It did not arrive as a whole.
  INVALID: 'network',
}

export function toFailure(status: number, answer: unknown): UploadFailure {
  const code = (answer as { error?: { code?: unknown } } | null)?.error?.code
  const known = typeof code === 'string' ? BY_CODE[code] : undefined
  if (known) return known
  return status === 502 || status === 503 || status === 504 || status === 408 ? 'busy' : 'unexpected'
}
