/**
 * Bytes that may wait in this process for one reader: it gets no more while there are more. A live reader that has not
 * taken them a second later is cut, and comes back where it was. (The system's own buffers come on top.)
 */
export const SINK_BUFFERED_BYTES_MAX = 512 * 1024
export const SINK_DRAIN_MAX_MS = 1_000
/** A reader that catches up gets no more while so much waits for it: its own pace is the pace. */
export const SINK_CATCH_UP_BYTES_MAX = 64 * 1024

/** Where the bytes of one stream go: a socket, as far as the feed needs to know. */
export interface ChangeSink {
  /** Aborted when the reader has gone, or was made to. */
  readonly signal: AbortSignal
  /** What was written and waits in this process. Zero once the reader has gone. */
  readonly bufferedBytes: number
  /** Keeps a reference and no copy: the same bytes may be written to many. Nothing once the reader has gone. */
  write(bytes: Uint8Array): void
  /** Settles when nothing waits any more, or the reader has gone. */
  drained(): Promise<void>
  /** Ends the connection at once and drops what waits. */
  cut(): void
}
