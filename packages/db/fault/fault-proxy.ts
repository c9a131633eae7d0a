import { connect, createServer, type Socket } from 'node:net'
import type { Endpoint } from '../src/pool/types.ts'

export type Direction = 'to client' | 'to server'

/** What becomes of bytes on their way to the server. Nothing said: they go on. */
export interface Fate {
  /** Sent to the client in the server's place; the server sees nothing. */
  answer?: Buffer
  /** Neither the server nor the client hears anything more on this connection. */
  isSilent?: boolean
  /** Both sides see a reset: at once, or when the server's answer comes. */
  cut?: 'before' | 'after'
}

/** Judges what one client connection sends. */
export type Judge = (bytes: Buffer) => Fate | undefined

/** For tests: a way to the server on which everything can go wrong that goes wrong with networks. */
export class FaultProxy implements AsyncDisposable {
  /** One way, for what is sent from now on. */
  latencyMs = 0
  /** Makes a judge for each new connection. */
  makeJudge: (() => Judge) | undefined
  readonly #server: Endpoint
  readonly #pairs = new Set<Pair>()
  readonly #listener = createServer({ allowHalfOpen: true }, (near) => this.#accept(near))
  #port = 0
  #isBlackhole = false
  #cut: { bytes: number; direction: Direction } | undefined

  constructor(server: Endpoint) {
    this.#server = server
  }

  static async open(server: Endpoint): Promise<FaultProxy> {
    const proxy = new FaultProxy(server)
    await proxy.accept()
    return proxy
  }

  get endpoint(): Endpoint {
    return { host: '127.0.0.1', port: this.#port }
  }

  get open(): number {
    return this.#pairs.size
  }

  /** Nothing goes through any more, on new connections neither; nobody is told. Until `clear`. */
  blackhole(): void {
    this.#isBlackhole = true
    for (const pair of this.#pairs) pair.pause()
  }

  /** What is open now falls silent for ever, as behind a cable that was pulled; new connections are well. */
  silence(): void {
    for (const pair of this.#pairs) pair.silence()
  }

  /** The client sees the end; the server still has the connection. */
  halfClose(): void {
    for (const pair of this.#pairs) pair.halfClose()
  }

  /** Both sides see a reset. */
  reset(): void {
    for (const pair of this.#pairs) pair.reset()
  }

  /** Every connection breaks when it has carried so many bytes more: those that are open, or new ones too. Until `clear`. */
  cutAfter(bytes: number, direction: Direction, which: 'open' | 'all' = 'all'): void {
    if (which === 'all') this.#cut = { bytes, direction }
    for (const pair of this.#pairs) pair.cutAfter(bytes, direction)
  }

  clear(): void {
    this.#isBlackhole = false
    this.#cut = undefined
    for (const pair of this.#pairs) pair.clear()
  }

  /** Nobody listens: connections are refused until `accept`. Open ones stay. */
  refuse(): void {
    this.#listener.close()
  }

  accept(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#listener.once('error', reject).listen(this.#port, '127.0.0.1', () => {
        const address = this.#listener.address()
        if (typeof address === 'object' && address) this.#port = address.port
        resolve()
      })
    })
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const pair of this.#pairs) pair.reset()
    await new Promise((resolve) => this.#listener.close(resolve))
  }

  #accept(near: Socket): void {
    const far = connect({
      host: this.#server.host,
      port: this.#server.port,
      allowHalfOpen: true,
      noDelay: true,
    })
    near.setNoDelay(true)
    const pair = new Pair({ near, far, proxy: this, judge: this.makeJudge?.() })
    this.#pairs.add(pair)
    near.once('close', () => this.#pairs.delete(pair))
    if (this.#cut) pair.cutAfter(this.#cut.bytes, this.#cut.direction)
    if (this.#isBlackhole) pair.pause()
  }
}

interface PairParts {
  near: Socket
  far: Socket
  proxy: { latencyMs: number }
  judge: Judge | undefined
}

/** A client's connection and ours to the server on its behalf. */
class Pair {
  readonly #parts: PairParts
  #isSilent = false
  #left: Record<Direction, number> = { 'to client': Infinity, 'to server': Infinity }
  /** What is on its way, so that it arrives in order. */
  #queue: Record<Direction, Promise<void> | undefined> = { 'to client': undefined, 'to server': undefined }

  constructor(parts: PairParts) {
    this.#parts = parts
    const { near, far } = parts
    near.on('data', (bytes: Buffer) => this.#judge(bytes))
    far.on('data', (bytes: Buffer) => this.#carry(bytes, 'to client'))
    near.on('end', () => far.end())
    far.on('end', () => near.end())
    near.on('error', () => undefined).once('close', () => far.destroy())
    far.on('error', () => undefined).once('close', () => near.destroy())
  }

  pause(): void {
    this.#parts.near.pause()
    this.#parts.far.pause()
  }

  silence(): void {
    this.#isSilent = true
    this.pause()
  }

  halfClose(): void {
    this.#parts.near.end()
  }

  reset(): void {
    this.#parts.near.resetAndDestroy()
    this.#parts.far.resetAndDestroy()
  }

  cutAfter(bytes: number, direction: Direction): void {
    this.#left[direction] = bytes
  }

  clear(): void {
    this.#left = { 'to client': Infinity, 'to server': Infinity }
    if (this.#isSilent) return
    this.#parts.near.resume()
    this.#parts.far.resume()
  }

  #judge(bytes: Buffer): void {
    const fate = this.#parts.judge?.(bytes)
    if (fate?.cut === 'before') this.reset()
    else if (fate?.isSilent) this.silence()
    else if (fate?.answer) this.#parts.near.write(fate.answer)
    else {
      if (fate?.cut === 'after') this.cutAfter(0, 'to client')
      this.#carry(bytes, 'to server')
    }
  }

  #carry(bytes: Buffer, direction: Direction): void {
    const { latencyMs } = this.#parts.proxy
    const before = this.#queue[direction]
    if (latencyMs === 0 && !before) return this.#deliver(bytes, direction)
    const late = new Promise<void>((resolve) => setTimeout(resolve, latencyMs))
    const mine = Promise.all([before, late]).then(() => {
      this.#deliver(bytes, direction)
      if (this.#queue[direction] === mine) this.#queue[direction] = undefined
    })
    this.#queue[direction] = mine
  }

  #deliver(bytes: Buffer, direction: Direction): void {
    const { near, far } = this.#parts
    const [from, to] = direction === 'to client' ? [far, near] : [near, far]
    const passing = bytes.subarray(0, this.#left[direction])
    this.#left[direction] -= passing.length
    const isCut = this.#left[direction] === 0
    if (passing.length > 0 && !to.write(passing)) {
      from.pause()
      to.once('drain', () => from.resume())
    }
    // The other side still reads what was let through, then sees the connection break.
    if (isCut && passing.length > 0) to.destroySoon()
    else if (isCut) this.reset()
  }
}
