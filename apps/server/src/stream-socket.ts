import { once } from 'node:events'
import type { ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { ChangeSink } from '@sarai/api'

/** The system then asks whether the other end is still there. */
const TCP_KEEP_ALIVE_MS = 15_000
/** Less than a step of stopping may take: a reader that stands still must not hold up a server that stops. */
const LAST_WORDS_MAX_MS = 2_000

/**
 * One open answer of server-sent events. It holds nothing of its own: what is written goes to the socket, which keeps
 * references to bytes that many share.
 */
export class StreamSocket implements ChangeSink {
  readonly #response: ServerResponse
  readonly #over = new AbortController()
  #flushedBytes = 0

  constructor(response: ServerResponse) {
    this.#response = response
    // A connection of its own that ends with the stream: the bytes need no chunks around them, and go out as they are.
    response.shouldKeepAlive = false
    response.useChunkedEncodingByDefault = false
    // Unlike the answer's end, this comes also if the reader has gone before.
    response.once('close', () => this.#over.abort())
    // A reader that vanishes in the middle of a write is no fault of anybody's.
    response.on('error', () => this.#over.abort())
    // A request that was injected into the server has no connection.
    if (!(response.socket instanceof Socket)) return
    response.socket.setKeepAlive(true, TCP_KEEP_ALIVE_MS)
    response.socket.setNoDelay(true)
  }

  /** Aborted when the reader has gone, or was made to. */
  get signal(): AbortSignal {
    return this.#over.signal
  }

  get bufferedBytes(): number {
    return this.#response.destroyed ? 0 : this.#response.writableLength
  }

  write(bytes: Uint8Array): void {
    if (!this.#response.writableEnded && !this.#response.destroyed) this.#response.write(bytes)
  }

  async drained(): Promise<void> {
    if (this.bufferedBytes === 0) return
    await once(this.#response, 'drain', { signal: this.signal }).catch(() => undefined)
  }

  cut(): void {
    this.#response.destroy()
  }

  /** The last words, then the end. A reader that does not take them is not waited for long. */
  end(bytes: Uint8Array): void {
    if (this.#response.writableEnded) return
    this.#response.end(bytes)
    const timer = setTimeout(() => this.cut(), LAST_WORDS_MAX_MS)
    this.signal.addEventListener('abort', () => clearTimeout(timer), { once: true })
  }

  /** Says that it lives, unless the reader has taken nothing since the last time though something waits for it. */
  ping(bytes: Uint8Array): void {
    if (this.#isStalled()) this.cut()
    else this.write(bytes)
  }

  #isStalled(): boolean {
    const buffered = this.bufferedBytes
    const flushed = (this.#response.socket?.bytesWritten ?? 0) - buffered
    const isStalled = buffered > 0 && flushed === this.#flushedBytes
    this.#flushedBytes = flushed
    return isStalled
  }
}
