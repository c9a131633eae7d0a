import { describe, expect, test } from 'vitest'
import { createOutboxRunner, type OutboxPorts, SEND_ATTEMPTS_MAX, type SendOutcome } from './outbox-runner.ts'
import type { OutboxEntry } from './outbox.ts'
import { makeMessage, makeMine, makeNewEntry, uuid } from './testing-chat.ts'

const TRANSIENT: SendOutcome = { type: 'transient', retryAfterMs: 0, failure: 'network' }
const id = (number: number) => makeNewEntry(number).clientId

/** A server that accepts each clientId once, a clock that stands still, and a network that can be cut. */
function makeWorld(outcomes: SendOutcome[] = []) {
  const stored = new Map<string, OutboxEntry>()
  const accepted: string[] = []
  const sent: string[] = []
  const world = { online: true, now: 0, timers: [] as { at: number; run: () => void }[] }
  const ports: OutboxPorts = {
    send: async (entry) => {
      sent.push(entry.clientId)
      await Promise.resolve()
      const outcome = outcomes.shift()
      if (outcome && outcome.type !== 'accepted') return outcome
      if (!accepted.includes(entry.clientId)) accepted.push(entry.clientId)
      return { type: 'accepted', message: makeMine(accepted.length, { clientId: entry.clientId }) }
    },
    onAccepted: () => undefined,
    load: () => [...stored.values()],
    save: (entry) => stored.set(entry.clientId, entry),
    remove: (clientId) => stored.delete(clientId),
    isKept: async (clientId) => stored.has(clientId),
    exclusively: (_conversationId, work) => work(),
    isOnline: () => world.online,
    now: () => world.now,
    after: (ms, run) => {
      const timer = { at: world.now + ms, run }
      world.timers.push(timer)
      return () => {
        world.timers = world.timers.filter((other) => other !== timer)
      }
    },
    random: () => 1,
  }
  return { world, ports, stored, accepted, sent, settle: () => settle(world) }
}

/** Lets everything happen that would happen if one waited long enough. */
async function settle(world: { now: number; timers: { at: number; run: () => void }[] }): Promise<void> {
  for (;;) {
    for (let turn = 0; turn < 80; turn++) await Promise.resolve()
    const timer = world.timers.shift()
    if (!timer) return
    world.now = Math.max(world.now, timer.at)
    timer.run()
  }
}

describe('createOutboxRunner', () => {
  test('sends what is written in order, and forgets it once the server has it', async () => {
    const { ports, stored, accepted, settle: finish } = makeWorld()
    const runner = createOutboxRunner(ports)
    for (const number of [1, 2, 3]) runner.write(makeNewEntry(number))
    expect(stored.size).toBe(3)
    await finish()
    expect(accepted).toEqual([1, 2, 3].map(id))
    expect(runner.getSnapshot()).toEqual([])
    expect(stored.size).toBe(0)
  })

  test('an answer that was lost on the way is asked for again, in order, with the same clientId', async () => {
    const { ports, accepted, sent, settle: finish } = makeWorld([TRANSIENT, TRANSIENT])
    const runner = createOutboxRunner(ports)
    runner.write(makeNewEntry(1))
    runner.write(makeNewEntry(2))
    await finish()
    expect(sent).toEqual([id(1), id(1), id(1), id(2)])
    expect(accepted).toEqual([id(1), id(2)])
  })

  test('gives up after a bounded number of attempts, and a person can try again', async () => {
    const {
      ports,
      sent,
      accepted,
      settle: finish,
    } = makeWorld(Array.from({ length: SEND_ATTEMPTS_MAX }, () => TRANSIENT))
    const runner = createOutboxRunner(ports)
    runner.write(makeNewEntry(1))
    await finish()
    expect(sent).toHaveLength(SEND_ATTEMPTS_MAX)
    expect(runner.getSnapshot()).toMatchObject([{ state: 'failed', failure: 'network' }])
    runner.retry(id(1))
    await finish()
    expect(accepted).toEqual([id(1)])
  })

  test('offline nothing is tried; what was written goes in order when the network is back', async () => {
    const { ports, world, sent, accepted, settle: finish } = makeWorld()
    world.online = false
    const runner = createOutboxRunner(ports)
    for (const number of [1, 2]) runner.write(makeNewEntry(number))
    await finish()
    expect(sent).toEqual([])
    world.online = true
    runner.wake()
    await finish()
    expect(accepted).toEqual([id(1), id(2)])
  })

  test('what was not sent before a reload is sent after it', async () => {
    const { ports, world, accepted, settle: finish } = makeWorld()
    world.online = false
    createOutboxRunner(ports).write(makeNewEntry(1))
    await finish()
    world.online = true
    createOutboxRunner(ports)
    await finish()
    expect(accepted).toEqual([id(1)])
  })

  test('an answer of somebody else meanwhile holds the message until its author confirms', async () => {
    const {
      ports,
      accepted,
      settle: finish,
    } = makeWorld([{ type: 'unseen', unseen: { messages: [makeMessage(4)], lastSeq: 4 } }])
    const runner = createOutboxRunner(ports)
    runner.write(makeNewEntry(1))
    await finish()
    expect(accepted).toEqual([])
    expect(runner.getSnapshot()).toMatchObject([{ state: 'held', unseen: { lastSeq: 4 } }])
    runner.confirm(makeNewEntry(1).conversationId)
    await finish()
    expect(accepted).toEqual([id(1)])
  })

  test('a refusal says why, is not repeated, and does not stop other conversations', async () => {
    const { ports, sent, accepted, settle: finish } = makeWorld([{ type: 'refused', failure: 'forbidden' }])
    const runner = createOutboxRunner(ports)
    runner.write(makeNewEntry(1))
    runner.write(makeNewEntry(2))
    runner.write(makeNewEntry(3, { conversationId: uuid(0xc9) }))
    await finish()
    runner.wake()
    await finish()
    expect(sent.filter((clientId) => clientId === id(1))).toHaveLength(1)
    expect(accepted).toEqual([id(3)])
    expect(runner.getSnapshot()).toMatchObject([{ failure: 'forbidden' }, { state: 'queued' }])
  })

  test('the echo on the stream settles a message whose answer never comes', async () => {
    const { ports, settle: finish } = makeWorld()
    const never = Promise.withResolvers<SendOutcome>().promise
    const runner = createOutboxRunner({
      ...ports,
      send: (entry) => (entry.clientId === id(1) ? never : ports.send(entry)),
    })
    runner.write(makeNewEntry(1))
    runner.write(makeNewEntry(2))
    runner.settle(id(1))
    await finish()
    expect(runner.getSnapshot()).toEqual([])
  })
})

/** Several tabs of one person: what one keeps the others hear of, and they take turns to send. */
function openTabs(count: number, outcomes: SendOutcome[] = []) {
  const shared = makeWorld(outcomes)
  let turn = Promise.resolve()
  const tabs: ReturnType<typeof createOutboxRunner>[] = []
  const openTab = (overrides: Partial<OutboxPorts> = {}) => {
    const tellOthers = (clientId: string, entry: OutboxEntry | undefined) => {
      for (const other of tabs) if (other !== tab) other.receive(clientId, entry)
    }
    const tab = createOutboxRunner({
      ...shared.ports,
      save(entry) {
        shared.ports.save(entry)
        tellOthers(entry.clientId, entry)
      },
      remove(clientId) {
        shared.ports.remove(clientId)
        tellOthers(clientId, undefined)
      },
      exclusively: (_conversationId, work) => (turn = turn.then(work)),
      ...overrides,
    })
    tabs.push(tab)
    return tab
  }
  return { ...shared, openTab, tabs: Array.from({ length: count }, () => openTab()) }
}

describe('several tabs', () => {
  test('send what was written in one of them once, and all forget it', async () => {
    const { tabs, sent, accepted, settle: finish } = openTabs(3)
    tabs[0]?.write(makeNewEntry(1))
    tabs[1]?.write(makeNewEntry(2))
    expect(tabs[2]?.getSnapshot()).toHaveLength(2)
    await finish()
    expect(sent).toEqual([id(1), id(2)])
    expect(accepted).toEqual([id(1), id(2)])
    for (const tab of tabs) expect(tab.getSnapshot()).toEqual([])
  })

  test('that come back online at the same moment send what waited once', async () => {
    const { tabs, world, sent, settle: finish } = openTabs(3)
    world.online = false
    tabs[0]?.write(makeNewEntry(1))
    await finish()
    world.online = true
    for (const tab of tabs) tab.wake()
    await finish()
    expect(sent).toEqual([id(1)])
  })

  test('all show what somebody else has answered, and one that confirms sends for all', async () => {
    const unseen = { messages: [makeMessage(4)], lastSeq: 4 }
    const { tabs, sent, settle: finish } = openTabs(2, [{ type: 'unseen', unseen }])
    tabs[0]?.write(makeNewEntry(1))
    await finish()
    expect(tabs[1]?.getSnapshot()).toMatchObject([{ state: 'held', unseen: { lastSeq: 4 } }])
    tabs[1]?.confirm(makeNewEntry(1).conversationId)
    await finish()
    expect(sent).toEqual([id(1), id(1)])
    for (const tab of tabs) expect(tab.getSnapshot()).toEqual([])
  })

  test('one that is closed in the middle of sending leaves the rest to the others', async () => {
    const { openTab, tabs, accepted, settle: finish } = openTabs(1)
    // Closed while it waits for the answer: its turn is over, and it never says what became of the message.
    const closing = openTab({ exclusively: () => Promise.resolve() })
    closing.write(makeNewEntry(1))
    await finish()
    expect(accepted).toEqual([id(1)])
    expect(tabs[0]?.getSnapshot()).toEqual([])
  })

  test('what one discards is not sent by another', async () => {
    const { tabs, world, sent, settle: finish } = openTabs(2)
    world.online = false
    tabs[0]?.write(makeNewEntry(1))
    await finish()
    tabs[1]?.discard(id(1))
    world.online = true
    for (const tab of tabs) tab.wake()
    await finish()
    expect(sent).toEqual([])
  })
})
