import type { Session } from '@sarai/api'

/** How long a browser waits before it opens a stream again that we ended on purpose. */
export const STREAM_RETRY_MS = 2_000
/** How often an open stream asks whether its session still lives. */
export const STREAM_RECHECK_MS = 30_000

const RETRY_HINT = new TextEncoder().encode(`retry: ${STREAM_RETRY_MS}\n\n`)

type FindSession = () => Promise<Session | null>

/**
 * The event streams this process serves. A stream outlives the check that let it in, so its session is looked
 * up again while it lasts; and it would outlive the server's wish to stop, so it can be ended from here. A
 * browser comes back by itself with the last id it has, and is checked again.
 */
export class LiveStreams {
  readonly #streams = new Set<LiveStream>()
  #isClosed = false

  get count(): number {
    return this.#streams.size
  }

  /** The same bytes, until the source, the session or the server ends. */
  keep(source: ReadableStream<Uint8Array>, findSession: FindSession): ReadableStream<Uint8Array> {
    const stream = new LiveStream(source, findSession, (over) => this.#streams.delete(over))
    this.#streams.add(stream)
    const readable = stream.open()
    if (this.#isClosed) stream.end()
    return readable
  }

  /** Ends every stream with a hint to come back; from now on none lasts. */
  endAll(): void {
    this.#isClosed = true
    for (const stream of [...this.#streams]) stream.end()
  }
}

class LiveStream {
  readonly #reader: ReadableStreamDefaultReader<Uint8Array>
  readonly #onOver: (stream: LiveStream) => void
  readonly #timer: NodeJS.Timeout
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined
  #isOver = false

  constructor(
    source: ReadableStream<Uint8Array>,
    findSession: FindSession,
    onOver: (stream: LiveStream) => void,
  ) {
    this.#reader = source.getReader()
    this.#onOver = onOver
    this.#timer = setInterval(() => void this.#recheck(findSession), STREAM_RECHECK_MS)
  }

  open(): ReadableStream<Uint8Array> {
    return new ReadableStream<Uint8Array>({
      start: (controller) => void (this.#controller = controller),
      pull: (controller) => this.#pass(controller),
      cancel: (reason) => {
        this.#leave()
        return this.#reader.cancel(reason)
      },
    })
  }

  end(): void {
    if (!this.#leave()) return
    this.#controller?.enqueue(RETRY_HINT)
    this.#controller?.close()
    void this.#reader.cancel().catch(() => undefined)
  }

  async #pass(controller: ReadableStreamDefaultController<Uint8Array>): Promise<void> {
    const { done, value } = await this.#reader.read()
    if (this.#isOver) return
    if (!done) return controller.enqueue(value)
    this.#leave()
    controller.close()
  }

  /** An unreachable database is no reason to end; the next look-up tells. */
  async #recheck(findSession: FindSession): Promise<void> {
    const isGone = await findSession().then(
      (session) => session === null,
      () => false,
    )
    if (isGone) this.end()
  }

  /** True the first time. */
  #leave(): boolean {
    if (this.#isOver) return false
    this.#isOver = true
    clearInterval(this.#timer)
    this.#onOver(this)
    return true
  }
}
