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
    for (let turn = 0; turn < 20; turn++) await Promise.resolve()
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
