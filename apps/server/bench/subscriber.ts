import { once } from 'node:events'
import { get, type IncomingMessage } from 'node:http'

/** The longest that a marker can be cut in two between chunks. */
const TAIL_LENGTH = 64

export interface Subscriber {
  /** When this text has arrived, on performance.now()'s clock. */
  waitFor(marker: string): Promise<number>
  close(): void
}

/** One open stream over a connection of its own, past its first event. As little work as it takes to see a marker. */
export async function openSubscriber(url: string, cookie: string): Promise<Subscriber> {
  const request = get(url, { agent: false, headers: { accept: 'text/event-stream', cookie } })
  const [response] = (await once(request, 'response')) as [IncomingMessage]
  if (response.statusCode !== 200) throw new Error(`the stream was answered with ${response.statusCode}`)
  let tail = ''
  let wanted: { marker: string; found: (at: number) => void } | undefined
  response.on('data', (chunk: Buffer) => {
    tail = tail.slice(-TAIL_LENGTH) + chunk.toString('latin1')
    if (!wanted || !tail.includes(wanted.marker)) return
    wanted.found(performance.now())
    wanted = undefined
  })
  const waitFor = (marker: string) =>
    new Promise<number>((found) => {
      wanted = { marker, found }
    })
  await waitFor('"ready"')
  return { waitFor, close: () => void request.destroy() }
}
