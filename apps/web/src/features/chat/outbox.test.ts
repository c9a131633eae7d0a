import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { listDue, nextDueAt, type Outbox, type OutboxEvent, reduceOutbox, toRestored } from './outbox.ts'
import { makeMessage, makeNewEntry, range, uuid } from './testing-chat.ts'

const OTHER_CONVERSATION_ID = uuid(0xc1)
const id = (number: number) => makeNewEntry(number).clientId

function run(events: OutboxEvent[]): Outbox {
  return events.reduce(reduceOutbox, [])
}

function write(...numbers: number[]): OutboxEvent[] {
  return numbers.map((number) => ({ type: 'written', entry: makeNewEntry(number) }))
}

/** Everything that can happen to five messages of two conversations. */
const anyEvent: fc.Arbitrary<OutboxEvent> = fc.integer({ min: 1, max: 5 }).chain((number) => {
  const conversationId = number % 2 === 0 ? OTHER_CONVERSATION_ID : makeNewEntry(1).conversationId
  const clientId = id(number)
  return fc.constantFrom<OutboxEvent>(
    { type: 'written', entry: makeNewEntry(number, { conversationId }) },
    { type: 'settled', clientId },
    { type: 'delayed', clientId, notBefore: number * 100 },
    {
      type: 'failed',
      clientId,
      failure: number === 3 ? 'forbidden' : 'network',
    },
    { type: 'held', clientId, unseen: { messages: [makeMessage(number)], lastSeq: number } },
    { type: 'retried', clientId },
    { type: 'confirmed', conversationId },
    { type: 'discarded', clientId },
    { type: 'woken' },
  )
})

test('whatever happens, a conversation has one message on its way, each once, in the order written', () => {
  fc.assert(
    fc.property(fc.array(fc.option(anyEvent, { nil: null, freq: 2 }), { maxLength: 60 }), (steps) => {
      let outbox: Outbox = []
      for (const step of steps) {
        // null: the runner sends whatever is due.
        const events = step
          ? [step]
          : listDue(outbox, 1_000_000).map(({ clientId }) => ({ type: 'started' as const, clientId }))
        outbox = events.filter((event) => isPossible(outbox, event)).reduce(reduceOutbox, outbox)
        const ids = outbox.map((entry) => entry.clientId)
        const times = outbox.map((entry) => entry.writtenAt)
        const sending = outbox
          .filter((entry) => entry.state === 'sending')
          .map((entry) => entry.conversationId)
        expect(new Set(ids).size).toBe(ids.length)
        expect(new Set(sending).size).toBe(sending.length)
        expect(times.toSorted()).toEqual(times)
      }
    }),
  )
})

/** An answer to a send comes only while it is on its way. */
function isPossible(outbox: Outbox, event: OutboxEvent): boolean {
  if (event.type !== 'delayed' && event.type !== 'failed' && event.type !== 'held') return true
  return outbox.find((entry) => entry.clientId === event.clientId)?.state === 'sending'
}

describe('order', () => {
  test('the second message of a conversation waits until the first has arrived', () => {
    const sending = run([...write(1, 2), { type: 'started', clientId: id(1) }])
    expect(listDue(sending, 0)).toEqual([])
    expect(
      listDue(reduceOutbox(sending, { type: 'settled', clientId: id(1) }), 0).map((e) => e.clientId),
    ).toEqual([id(2)])
  })

  test('conversations do not wait for each other', () => {
    const entry = makeNewEntry(2, { conversationId: OTHER_CONVERSATION_ID })
    const outbox = run([...write(1), { type: 'started', clientId: id(1) }, { type: 'written', entry }])
    expect(listDue(outbox, 0).map((e) => e.clientId)).toEqual([id(2)])
  })

  test('a message that failed or is held keeps those behind it from overtaking', () => {
    const failed = run([...write(1, 2), { type: 'failed', clientId: id(1), failure: 'forbidden' }])
    expect(listDue(failed, 0)).toEqual([])
    expect(nextDueAt(failed)).toBeUndefined()
  })

  test('two messages written in the same millisecond keep their order through a reload', () => {
    const writtenAt = new Date(0).toISOString()
    const outbox = run(
      range(1, 5).map((number) => ({ type: 'written', entry: makeNewEntry(number, { writtenAt }) })),
    )
    expect(outbox.toSorted((a, b) => (a.writtenAt < b.writtenAt ? -1 : 1)).map((e) => e.clientId)).toEqual(
      range(1, 5).map(id),
    )
  })
})

describe('exactly once', () => {
  test('the same clientId written twice, as by a double click, is one entry', () => {
    expect(run([...write(1), ...write(1)])).toHaveLength(1)
  })

  test('a retry keeps the clientId', () => {
    const outbox = run([
      ...write(1),
      { type: 'started', clientId: id(1) },
      { type: 'failed', clientId: id(1), failure: 'forbidden' },
      { type: 'retried', clientId: id(1) },
    ])
    expect(listDue(outbox, 0)).toMatchObject([{ clientId: id(1), state: 'queued', failure: null }])
  })

  test('what is on its way cannot be discarded', () => {
    const outbox = run([
      ...write(1),
      { type: 'started', clientId: id(1) },
      { type: 'discarded', clientId: id(1) },
    ])
    expect(outbox).toHaveLength(1)
  })

  test('an answer after the echo on the stream changes nothing', () => {
    const outbox = run([
      ...write(1),
      { type: 'started', clientId: id(1) },
      { type: 'settled', clientId: id(1) },
      { type: 'delayed', clientId: id(1), notBefore: 5 },
      { type: 'held', clientId: id(1), unseen: { messages: [], lastSeq: 1 } },
    ])
    expect(outbox).toEqual([])
  })

  test('a reload during a send sends again, with the same clientId', () => {
    const [entry] = run([...write(1), { type: 'started', clientId: id(1) }])
    expect(entry && toRestored(entry)).toMatchObject({ clientId: id(1), state: 'queued' })
  })
})

describe('held', () => {
  const held = run([
    ...write(1, 2),
    { type: 'started', clientId: id(1) },
    { type: 'held', clientId: id(1), unseen: { messages: [makeMessage(8)], lastSeq: 9 } },
  ])

  test('confirming raises what was seen, for everything written in that conversation', () => {
    const outbox = reduceOutbox(held, { type: 'confirmed', conversationId: makeNewEntry(1).conversationId })
    expect(outbox.map((entry) => [entry.state, entry.lastSeenSeq])).toEqual([
      ['queued', 9],
      ['queued', 9],
    ])
  })

  test('confirming another conversation sends nothing', () => {
    expect(reduceOutbox(held, { type: 'confirmed', conversationId: OTHER_CONVERSATION_ID })).toBe(held)
  })

  test('the network coming back sends nothing that a person has to decide', () => {
    expect(reduceOutbox(held, { type: 'woken' })[0]?.state).toBe('held')
  })
})
