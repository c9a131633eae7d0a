import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { DomainError } from '../errors.ts'

/** A sender who says nothing for so long has gone. */
export const UPLOAD_IDLE_MAX_MS = 30_000

export interface ReceiveOptions {
  bytesMax: number
  /** Default: UPLOAD_IDLE_MAX_MS. */
  idleMaxMs?: number | undefined
}

/** What arrived, on this machine's disk until it is disposed of. */
export interface ReceivedFile extends AsyncDisposable {
  path: string
  bytes: number
  /** Hex. */
  sha256: string
}

/**
 * Writes what arrives to a file of its own, byte by byte as it comes: memory holds one chunk. It ends at the first byte
 * too many, whatever the sender has declared.
 *
 * @throws DomainError TOO_LARGE; INVALID for a file that is empty or was cut off
 */
export async function receiveFile(
  body: Readable,
  { bytesMax, idleMaxMs = UPLOAD_IDLE_MAX_MS }: ReceiveOptions,
): Promise<ReceivedFile> {
  const folder = await mkdtemp(join(tmpdir(), 'sarai-file-'))
  const dispose = () => rm(folder, { recursive: true, force: true })
  try {
    const path = join(folder, 'received')
    const counted = { bytes: 0, hash: createHash('sha256') }
    const idle = startIdleWatch(idleMaxMs)
    await pipeline(
      body,
      async function* count(chunks: AsyncIterable<Buffer>) {
        for await (const chunk of chunks) {
          idle.touch()
          counted.bytes += chunk.length
          if (counted.bytes > bytesMax) throw tooLarge(bytesMax)
          counted.hash.update(chunk)
          yield chunk
        }
      },
      createWriteStream(path, { mode: 0o600 }),
      { signal: idle.signal },
    )
      .catch(explain)
      .finally(idle.stop)
    if (counted.bytes === 0) throw new DomainError('INVALID', 'This file is empty.')
    const { bytes } = counted
    return { path, bytes, sha256: counted.hash.digest('hex'), [Symbol.asyncDispose]: dispose }
  } catch (error) {
    await dispose()
    throw error
  }
}

export function tooLarge(bytesMax: number): DomainError {
  return new DomainError(
    'TOO_LARGE',
    `A file has at most ${Math.floor(bytesMax / 1024 / 1024)} MB. Send a smaller one, or a part of it.`,
    { details: { bytesMax } },
  )
}

function startIdleWatch(idleMaxMs: number) {
  const controller = new AbortController()
  const timer = setTimeout(() => controller.abort(), idleMaxMs).unref()
  return { signal: controller.signal, touch: () => timer.refresh(), stop: () => clearTimeout(timer) }
}

/** The sender left or fell silent; a full disk is ours. */
function explain(error: unknown): never {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ABORT_ERR') {
    throw new DomainError('INVALID', 'The file did not arrive as a whole. Send it again.', { cause: error })
  }
  throw error
}
