import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BlockHeights } from './block-heights.ts'
import {
  BLOCK_MESSAGES,
  chooseDrawn,
  cutIntoBlocks,
  type LyingBlock,
  MESSAGES_DRAWN_MAX,
} from './message-blocks.ts'
import { makeMessage, range } from './testing-chat.ts'
import { buildTimeline, type TimelineItem } from './timeline.ts'

const me = { id: 'me', name: 'Me' }

function timeline(from: number, to: number): TimelineItem[] {
  const messages = range(from, to).map((seq) => makeMessage(seq))
  return buildTimeline({ messages, outbox: [], me, readUpToSeq: null })
}

function lying(index: number, more: Partial<LyingBlock>): LyingBlock {
  return {
    key: `block-${index}`,
    messages: BLOCK_MESSAGES,
    distancePx: 10_000,
    isDrawn: false,
    isHeld: false,
    ...more,
  }
}

describe('cutIntoBlocks', () => {
  test('has everything once, in order, whatever part of the thread is loaded', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.integer({ min: 1, max: 200 }), (from, count) => {
        const items = timeline(from, from + count - 1)
        const blocks = cutIntoBlocks(items)
        expect(blocks.flatMap((block) => block.items)).toEqual(items)
        expect(blocks.every(({ messages }) => messages >= 1 && messages <= BLOCK_MESSAGES)).toBe(true)
        expect(new Set(blocks.map(({ key }) => key)).size).toBe(blocks.length)
      }),
    )
  })

  test('a message is in the same block before and after older ones were loaded', () => {
    const keyOf = (items: TimelineItem[]) =>
      cutIntoBlocks(items).find((block) => block.items.some((item) => item.key === items.at(-1)?.key))?.key
    expect(keyOf(timeline(90, 120))).toBe(keyOf(timeline(1, 120)))
  })

  test('what stands above the first message is in its block, and what follows the last too', () => {
    const run = { type: 'run', key: 'run-1' } as TimelineItem
    const [day, ...messages] = timeline(1, 3)
    if (!day) throw new Error('a day stands above the first message')
    expect(cutIntoBlocks([day, ...messages, run])).toMatchObject([{ key: 'block-1', messages: 3 }])
    expect(cutIntoBlocks([run])).toMatchObject([{ key: 'block-1', messages: 0, items: [run] }])
    expect(cutIntoBlocks([run, day, ...messages])).toMatchObject([{ key: 'block-1', messages: 3 }])
  })
})

describe('chooseDrawn', () => {
  test('a thread within the limit is all there', () => {
    const blocks = range(1, MESSAGES_DRAWN_MAX / BLOCK_MESSAGES).map((index) => lying(index, {}))
    expect(chooseDrawn(blocks).size).toBe(blocks.length)
  })

  test('never more messages than the limit, and always what is in sight and what is held', () => {
    const distance = fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 5_000 }))
    const some = fc.array(fc.record({ distancePx: distance, isDrawn: fc.boolean() }), { minLength: 12 })
    fc.assert(
      fc.property(some, (shapes) => {
        const blocks = shapes.map((shape, index) => lying(index, index === 3 ? { isHeld: true } : shape))
        const drawn = chooseDrawn(blocks)
        expect(drawn.size * BLOCK_MESSAGES).toBeLessThanOrEqual(MESSAGES_DRAWN_MAX)
        const inSight = blocks.filter(({ distancePx }) => distancePx === 0)
        const room = MESSAGES_DRAWN_MAX / BLOCK_MESSAGES
        if (inSight.length < room) for (const { key } of inSight) expect(drawn).toContain(key)
        if (inSight.length < room) expect(drawn).toContain('block-3')
      }),
    )
  })

  test('what is drawn stays a little longer than what is not drawn waits', () => {
    const far = range(1, 20).map((index) => lying(index, {}))
    const edge = { distancePx: 2_000 }
    const drawn = chooseDrawn([...far, lying(21, { ...edge, isDrawn: true }), lying(22, edge)])
    expect([...drawn]).toEqual(['block-21'])
  })
})

describe('BlockHeights', () => {
  test('knows what was measured, takes what was not as high as the rest, and forgets', () => {
    const heights = new BlockHeights()
    const [one, other] = cutIntoBlocks(timeline(1, 2 * BLOCK_MESSAGES))
    if (!one || !other) throw new Error('two blocks')
    const guess = heights.of(other)
    heights.measure(one, one.items.length * 100)
    expect(heights.of(one)).toBe(one.items.length * 100)
    expect(heights.of(other)).toBe(other.items.length * 100)
    expect(heights.of({ ...one, items: one.items.slice(1) })).toBe((one.items.length - 1) * 100)
    heights.measure(one, one.items.length * 50)
    expect(heights.of(other)).toBe(other.items.length * 50)
    heights.forget()
    expect(heights.of(other)).toBe(guess)
  })
})
