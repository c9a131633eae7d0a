import { type ChildProcess, fork } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Address, Usage } from './messages.ts'
import { openSubscriber, type Subscriber } from './subscriber.ts'

/** Connections that are opened at once: a queue of a thousand would be refused by the system. */
const OPEN_AT_ONCE = 50
const BUSY_PAUSE_MS = 100

/** A process that serves streams, with the subscribers that this process has opened to it. */
export class Served implements Disposable {
  readonly #child: ChildProcess
  readonly #address: Address
  readonly #subscribers: Subscriber[] = []

  private constructor(child: ChildProcess, address: Address) {
    this.#child = child
    this.#address = address
  }

  static async start(file: string, ...args: string[]): Promise<Served> {
    const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
      execArgv: ['--expose-gc', '--disable-warning=ExperimentalWarning'],
    })
    const [address] = (await once(child, 'message')) as [Address]
    return new Served(child, address)
  }

  async subscribe(count: number): Promise<void> {
    const { streamUrl, cookie } = this.#address
    while (this.#subscribers.length < count) {
      const batch = Math.min(OPEN_AT_ONCE, count - this.#subscribers.length)
      const opened = Array.from({ length: batch }, () => openSubscriber(streamUrl, cookie))
      this.#subscribers.push(...(await Promise.all(opened)))
    }
  }

  /** Sends one message; says after how many milliseconds each subscriber had it. */
  async send(): Promise<number[]> {
    const { sendUrl, cookie, body } = this.#address
    const marker = randomUUID()
    const startedAt = performance.now()
    const arrivals = this.#subscribers.map((subscriber) => subscriber.waitFor(marker))
    await this.#post({ ...body, clientId: randomUUID(), body: marker }, { sendUrl, cookie })
    return (await Promise.all(arrivals)).map((at) => at - startedAt)
  }

  /** A machine that does other things too may be too busy for a moment; the same client id makes it one message. */
  async #post(input: object, { sendUrl, cookie }: Pick<Address, 'sendUrl' | 'cookie'>): Promise<void> {
    for (;;) {
      const response = await fetch(sendUrl, {
        method: 'POST',
        headers: { 'content-type': 'application/json', cookie },
        body: JSON.stringify(input),
      })
      if (response.ok) return
      if (response.status !== 503)
        throw new Error(`sending was answered with ${response.status}: ${await response.text()}`)
      await sleep(BUSY_PAUSE_MS)
    }
  }

  async readUsage(): Promise<Usage> {
    const answered = once(this.#child, 'message') as Promise<[Usage]>
    this.#child.send({ type: 'usage' })
    return (await answered)[0]
  }

  [Symbol.dispose](): void {
    for (const subscriber of this.#subscribers) subscriber.close()
    this.#child.disconnect()
  }
}
