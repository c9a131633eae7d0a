import { tracked } from '@trpc/server'
import { sseStreamProducer } from '@trpc/server/unstable-core-do-not-import'
import { expect, test } from 'vitest'
import type { PositionedEvent } from './change-event.ts'
import {
  CONNECTED_FRAME,
  encodeError,
  encodeEvent,
  STREAM_PING_MS,
  STREAM_SILENCE_MAX_MS,
} from './change-protocol.ts'

const EVENTS: PositionedEvent[] = [
  { seq: 7, event: { type: 'ready' } },
  {
    seq: 8,
    event: {
      type: 'change',
      change: { kind: 'role.changed', entityId: 'سطر\nand another', seq: 8, at: '2026-11-25T00:00:00.000Z' },
    },
  },
  { seq: 9, event: { type: 'reset' } },
]
const REFUSAL = { message: 'no', code: -32003, data: { code: 'FORBIDDEN' } }

test("a reader of tRPC's protocol hears from us what tRPC's own producer would say", async () => {
  const theirs = sseStreamProducer({
    client: { reconnectAfterInactivityMs: STREAM_SILENCE_MAX_MS },
    formatError: () => REFUSAL,
    data: (async function* () {
      for (const { seq, event } of EVENTS) yield tracked(String(seq), event)
      throw new Error('no')
    })(),
  })
  const ours = [CONNECTED_FRAME, ...EVENTS.map((event) => encodeEvent(event)), encodeError(REFUSAL)]
  expect(parse(Buffer.concat(ours).toString())).toEqual(parse(await new Response(theirs).text()))
})

test('a dead connection is noticed within half a minute, and no living one is taken for dead', () => {
  expect(STREAM_SILENCE_MAX_MS).toBeLessThan(30_000)
  expect(STREAM_SILENCE_MAX_MS).toBeGreaterThan(2 * STREAM_PING_MS)
})

/** The fields of each event, as EventSource tells them apart. */
function parse(text: string): Record<string, string>[] {
  const blocks = text.split(/\n{2,}/).filter((block) => block !== '')
  return blocks.map((block) =>
    Object.fromEntries(block.split('\n').map((line) => line.split(/: (.*)/, 2) as [string, string])),
  )
}
