import type { PresenceNews } from '@sarai/api'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { SourceListeners } from './event-source.ts'
import {
  ANSWER_MAX_MS,
  LOOK_EVERY_MS,
  shareStream,
  SILENCE_MAX_MS,
  type SharedStream,
  type StreamPorts,
} from './shared-stream.ts'
import type { ChangeEvent, Connection, StreamMessage } from './stream-message.ts'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

interface Source extends SourceListeners {
  tab: string
  lastId: string | undefined
  isOpen: boolean
}

interface TestTab {
  name: string
  stream: SharedStream
  heard: string[]
  connection: () => Connection | undefined
  refusals: () => number
  /** Who looks at the conversation. */
  lookers: () => string[]
  /** It stands still: hears nothing and does nothing, but still holds what it holds. */
  freeze: () => void
  /** What is said meanwhile does not reach it. */
  deafTo: (work: () => void) => void
}

/** A browser with tabs, one lock and a server that numbers what it says. */
function openBrowser() {
  const sources: Source[] = []
  const channels: { owner: string; hear: (message: StreamMessage) => void }[] = []
  const frozen = new Set<string>()
  type Turn = Parameters<StreamPorts['campaign']>[0]
  let holder: Turn | undefined
  let queue: Turn[] = []
  const lost = new Set<Turn | undefined>()
  const world = { isOnline: true }

  function grant(): void {
    holder = queue.shift()
    if (!holder) return
    const { signal, lead } = holder
    const turn = holder
    signal.addEventListener('abort', () => lost.has(turn) || grant(), { once: true })
    lead()
  }

  function campaign(turn: Turn): void {
    if (turn.byForce) {
      const robbed = holder
      holder = turn
      turn.signal.addEventListener('abort', () => grant(), { once: true })
      turn.lead()
      // What was taken by force is not given back by whoever lost it.
      lost.add(robbed)
      robbed?.lose()
      return
    }
    queue.push(turn)
    turn.signal.addEventListener('abort', () => (queue = queue.filter((other) => other !== turn)))
    if (!holder) grant()
  }

  function openTab(name: string): TestTab {
    const end: (typeof channels)[number] = { owner: name, hear: () => undefined }
    const channel: StreamPorts['channel'] = {
      listen: (listener) => (end.hear = listener),
      close: () => void channels.splice(channels.indexOf(end), 1),
      say(message) {
        if (frozen.has(name)) return
        for (const other of [...channels]) if (other !== end && !frozen.has(other.owner)) other.hear(message)
      },
    }
    channels.push(end)
    const heard: string[] = []
    let connection: Connection | undefined
    let refusals = 0
    let presence: PresenceNews | undefined
    const stream = shareStream(
      {
        channel,
        campaign,
        open(lastId, listeners) {
          const source: Source = { ...listeners, tab: name, lastId, isOpen: true }
          sources.push(source)
          return () => (source.isOpen = false)
        },
        isOnline: () => world.isOnline && !frozen.has(name),
        now: () => Date.now(),
        pauseMs: (failures) => 100 * 2 ** failures,
      },
      {
        onConnection: (next) => (connection = next),
        onEvent: (event) => heard.push(event.type === 'change' ? String(event.change.seq) : event.type),
        onPresence: (known) => (presence = known),
        onRefused: () => refusals++,
      },
    )
    return {
      name,
      stream,
      heard,
      connection: () => connection,
      refusals: () => refusals,
      lookers: () => presence?.places[0]?.people.map(({ userId }) => userId) ?? [],
      freeze: () => void frozen.add(name),
      deafTo(work) {
        frozen.add(name)
        work()
        frozen.delete(name)
      },
    }
  }

  const open = () => sources.filter(({ isOpen }) => isOpen)
  const current = () => {
    const [source, ...more] = open()
    if (!source || more.length > 0) throw new Error(`${open().length} streams are open`)
    return source
  }
  return { world, sources, openTab, open, current }
}

const change = (seq: number) =>
  ({ type: 'change', change: { kind: 'role.changed', entityId: 'r', seq, at: 'now' } }) satisfies ChangeEvent

/** The server answers and says where the stream begins. */
function begin(source: Source, seq: number): void {
  source.onOpen()
  source.onBeat()
  source.onEvent(String(seq), { type: 'ready' })
}

function say(source: Source, ...seqs: number[]): void {
  for (const seq of seqs) {
    source.onBeat()
    source.onEvent(String(seq), change(seq))
  }
}

describe('the tabs of a browser', () => {
  test('share one stream, and each hears everything once and in order', () => {
    const { openTab, current } = openBrowser()
    const tabs = [openTab('a'), openTab('b'), openTab('c')]
    begin(current(), 7)
    say(current(), 8, 9)
    for (const tab of tabs) {
      expect(tab.heard).toEqual(['ready', '8', '9'])
      expect(tab.connection()).toBe('live')
    }
  })

  test('that come later ask again for what they have, and go on from there', () => {
    const { openTab, current } = openBrowser()
    openTab('a')
    begin(current(), 7)
    say(current(), 8)
    const late = openTab('b')
    expect(late.connection()).toBe('live')
    say(current(), 9)
    expect(late.heard).toEqual(['ready', '9'])
  })

  test('lose nothing and hear nothing twice when the one with the stream is closed', () => {
    const { openTab, current } = openBrowser()
    const first = openTab('a')
    const second = openTab('b')
    begin(current(), 7)
    say(current(), 8)
    first.stream.stop()
    expect(current()).toMatchObject({ tab: 'b', lastId: '8' })
    current().onOpen()
    say(current(), 8, 9)
    expect(second.heard).toEqual(['ready', '8', '9'])
  })

  test('all leave: no stream stays behind', () => {
    const { openTab, open } = openBrowser()
    const tabs = [openTab('a'), openTab('b')]
    for (const { stream } of tabs) stream.stop()
    expect(open()).toEqual([])
    expect(vi.getTimerCount()).toBe(0)
  })

  test('take the stream from one that stands still, and it does not keep a second one when it wakes', () => {
    const { openTab, current, open } = openBrowser()
    const still = openTab('a')
    const other = openTab('b')
    begin(current(), 7)
    still.freeze()
    vi.advanceTimersByTime(SILENCE_MAX_MS + ANSWER_MAX_MS + 2 * LOOK_EVERY_MS)
    expect(open()).toMatchObject([{ tab: 'b', lastId: '7' }])
    open()[0]?.onOpen()
    say(open()[0] as Source, 8)
    expect(other.heard).toEqual(['ready', '8'])
  })

  test('one that missed an event begins again rather than go on as if nothing were', () => {
    const { openTab, current } = openBrowser()
    openTab('a')
    const other = openTab('b')
    begin(current(), 7)
    other.deafTo(() => say(current(), 8))
    say(current(), 9)
    expect(other.heard).toEqual(['ready', 'reset', '9'])
  })
})

describe('who is there', () => {
  const place = (...userIds: string[]) => ({
    conversationId: 'c',
    customerId: 'k',
    people: userIds.map((userId) => ({ userId, doing: 'looking' as const })),
  })

  test('is known in every tab, also in one that comes later, and only as long as the stream is alive', () => {
    const { openTab, current } = openBrowser()
    const tabs = [openTab('a'), openTab('b')]
    begin(current(), 7)
    current().onPresence({ isWhole: true, here: ['x'], places: [place('x')] })
    current().onPresence({ places: [place('x', 'y')] })
    tabs.push(openTab('c'))
    expect(tabs.map((tab) => tab.lookers())).toEqual([
      ['x', 'y'],
      ['x', 'y'],
      ['x', 'y'],
    ])
    current().onPresence({ places: [place()] })
    expect(tabs.map((tab) => tab.lookers())).toEqual([[], [], []])
    current().onPresence({ places: [place('y')] })
    current().onEnd(undefined)
    expect(tabs.map((tab) => tab.lookers())).toEqual([[], [], []])
    expect(tabs.map((tab) => tab.heard)).toEqual([['ready'], ['ready'], ['ready']])
  })
})

describe('a stream', () => {
  test('that breaks is opened again after a pause that grows, from the last event', () => {
    const { openTab, current, sources } = openBrowser()
    const tab = openTab('a')
    begin(current(), 7)
    say(current(), 8)
    current().onEnd(undefined)
    expect(tab.connection()).toBe('connecting')
    expect(sources).toHaveLength(1)
    vi.advanceTimersByTime(100)
    expect(current().lastId).toBe('8')
    expect(sources).toHaveLength(2)
  })

  test('that says nothing for 25 seconds is dead: noticed within 30', () => {
    const { openTab, current, sources } = openBrowser()
    openTab('a')
    begin(current(), 7)
    vi.advanceTimersByTime(SILENCE_MAX_MS)
    expect(sources).toHaveLength(1)
    vi.advanceTimersByTime(30_000 - SILENCE_MAX_MS)
    expect(sources).toHaveLength(2)
    expect(sources.map(({ isOpen }) => isOpen)).toEqual([false, true])
  })

  test('that is refused makes every tab find out why', () => {
    const { openTab, current } = openBrowser()
    const tabs = [openTab('a'), openTab('b')]
    current().onEnd({ data: { domain: { code: 'TENANT_SUSPENDED' } } })
    for (const tab of tabs) expect(tab.refusals()).toBe(1)
  })

  test('is opened at once when the network is back', () => {
    const { world, openTab, current, sources, open } = openBrowser()
    const tab = openTab('a')
    begin(current(), 7)
    world.isOnline = false
    tab.stream.setOnline(false)
    expect(tab.connection()).toBe('offline')
    world.isOnline = true
    tab.stream.setOnline(true)
    expect(open()).toMatchObject([{ lastId: '7' }])
    expect(sources).toHaveLength(2)
  })
})
