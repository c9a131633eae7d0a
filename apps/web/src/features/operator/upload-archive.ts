import type { WireError } from '@sarai/api'
import type { ImportTenantInput } from '@sarai/api/operator/schema'

/** A key under `fleet.transfer.refusal`, or the field that it is about. */
export type UploadRefusal =
  | { text: 'tooLarge' | 'empty' | 'forbidden' | 'failed' | 'tooMany' | 'sameKey' | 'busy' }
  | { field: 'intoKey' | 'ownerEmail' }

export type UploadOutcome = { begun: true } | { refusal: UploadRefusal }

interface Upload {
  file: File
  into: ImportTenantInput
  onProgress: (sent: number) => void
  signal: AbortSignal
}

/** Sends an archive as it is. With XMLHttpRequest: fetch does not tell how much of a body has been sent. */
export function uploadArchive({ file, into, onProgress, signal }: Upload): Promise<UploadOutcome | null> {
  const { promise, resolve } = Promise.withResolvers<UploadOutcome | null>()
  const request = new XMLHttpRequest()
  const { intoKey, name, ownerEmail } = into
  const query = { intoKey, ...(name && { name }), ...(ownerEmail && { ownerEmail }) }
  request.open('POST', `/api/operator/archives?${new URLSearchParams(query)}`)
  request.setRequestHeader('content-type', 'application/zip')
  request.upload.addEventListener('progress', ({ loaded }) => onProgress(loaded))
  request.addEventListener('load', () => resolve(readOutcome(request.status, request.responseText)))
  request.addEventListener('error', () => resolve({ refusal: { text: 'failed' } }))
  // Whoever cancelled it knows.
  request.addEventListener('abort', () => resolve(null))
  signal.addEventListener('abort', () => request.abort(), { once: true })
  request.send(file)
  return promise
}

/** The server says it in English; what it means is said here in the language of the page. */
export function readOutcome(status: number, body: string): UploadOutcome {
  if (status === 201) return { begun: true }
  return { refusal: toRefusal(readError(body)) }
}

function readError(body: string): Partial<WireError> {
  try {
    return (JSON.parse(body) as { error?: Partial<WireError> }).error ?? {}
  } catch {
    return {}
  }
}

function toRefusal({ code, details }: Partial<WireError>): UploadRefusal {
  if (code === 'TENANT_EXISTS') return { field: 'intoKey' }
  if (code === 'NOT_FOUND') return { field: 'ownerEmail' }
  if (code === 'TOO_LARGE') return { text: 'tooLarge' }
  if (code === 'INVALID') return { text: 'empty' }
  if (code === 'FORBIDDEN' || code === 'UNAUTHENTICATED') return { text: 'forbidden' }
  if (code === 'RATE_LIMITED') return { text: 'busy' }
  if (code !== 'CONFLICT') return { text: 'failed' }
  return { text: details?.['reason'] === 'same-key' ? 'sameKey' : 'tooMany' }
}
