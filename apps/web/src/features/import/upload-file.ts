import type { ReceivedImport, WireError } from '@sarai/api'
import type { ImportDelimiter, ImportEncoding } from '@sarai/api/import/schema'

/** What is said with a file only where the sender knows better than the file does. */
export interface FileFormat {
  encoding?: ImportEncoding
  delimiter?: ImportDelimiter
}

export type UploadOutcome = { received: ReceivedImport } | { refusal: UploadRefusal }

/** A key under `import.refusal`, with what it names. */
export interface UploadRefusal {
  text:
    | 'tooLarge'
    | 'tooManyRows'
    | 'tooManyColumns'
    | 'unreadableRow'
    | 'workbook'
    | 'noText'
    | 'busy'
    | 'empty'
    | 'forbidden'
    | 'failed'
  row: number
}

/** Sends a file as it is. */
export async function uploadFile(tenantKey: string, file: File, format: FileFormat): Promise<UploadOutcome> {
  const query = new URLSearchParams({ name: file.name, ...format })
  try {
    const answer = await fetch(`/t/${tenantKey}/imports?${query}`, {
      method: 'POST',
      headers: { 'content-type': 'application/octet-stream' },
      body: file,
    })
    const body: unknown = await answer.json()
    if (answer.ok) return { received: body as ReceivedImport }
    return { refusal: readRefusal((body as { error?: Partial<WireError> }).error ?? {}) }
  } catch {
    return { refusal: { text: 'failed', row: 0 } }
  }
}

/** The server says it in English; what it means is said here in the language of the page. */
export function readRefusal({ code, details }: Partial<WireError>): UploadRefusal {
  const row = typeof details?.['rowNumber'] === 'number' ? details['rowNumber'] : 0
  const has = (name: string) => details?.[name] !== undefined
  if (code === 'TOO_LARGE') return { text: has('rowsMax') ? 'tooManyRows' : 'tooLarge', row }
  if (code === 'UNSUPPORTED_TYPE') return { text: has('isText') ? 'noText' : 'workbook', row }
  if (code === 'CONFLICT') return { text: 'busy', row }
  if (code === 'FORBIDDEN') return { text: 'forbidden', row }
  if (code !== 'INVALID') return { text: 'failed', row }
  if (has('columnsMax')) return { text: 'tooManyColumns', row }
  return { text: has('cellLengthMax') ? 'unreadableRow' : 'empty', row }
}

/** Files that were sent from this page, to be sent again when they are written in something else than was found. */
const kept = new Map<string, File>()

export function keepFile(importId: string, file: File): void {
  kept.clear()
  kept.set(importId, file)
}

/** undefined after a reload: the browser gives no file twice. */
export function findKeptFile(importId: string): File | undefined {
  return kept.get(importId)
}
