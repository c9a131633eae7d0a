import type { TimelineItem } from './timeline.ts'

/** Messages that are drawn or left out together. */
export const BLOCK_MESSAGES = 25
/** However many are loaded, no more messages are in the page at once; a thread that has no more is all there. */
export const MESSAGES_DRAWN_MAX = 200
/** Drawn before it comes into sight, so that scrolling meets no blank. */
const DRAW_AHEAD_PX = 1_500
/** What is drawn stays so for a while longer: whoever reads up and down makes nothing come and go. */
const KEEP_WITHIN_PX = 3_000

/** A stretch of the thread whose borders do not move, whatever is loaded before or after it. */
export interface MessageBlock {
  key: string
  items: TimelineItem[]
  messages: number
}

/**
 * By the numbers of the messages; those that have none yet follow the last. What stands above a message (its day, what is
 * unread) is in its block, and so is what was done after it.
 */
export function cutIntoBlocks(items: readonly TimelineItem[]): MessageBlock[] {
  const blocks: MessageBlock[] = []
  let above: TimelineItem[] = []
  let seq = 0
  for (const item of items) {
    if (isDoneThere(item) && above.length === 0 && blocks.length > 0) blocks.at(-1)?.items.push(item)
    else if (item.type === 'message') {
      seq = item.message.seq ?? seq + 1
      const block = blockOf(blocks, seq)
      block.items.push(...above, item)
      block.messages += 1
      above = []
    } else above.push(item)
  }
  if (above.length > 0) blockOf(blocks, seq).items.push(...above)
  return blocks
}

/** Done in the conversation after the message above it. */
function isDoneThere({ type }: TimelineItem): boolean {
  return type === 'run' || type === 'merge'
}

function blockOf(blocks: MessageBlock[], seq: number): MessageBlock {
  // What stands where nothing has been said yet is in the block of the first message, before and after it comes.
  const key = `block-${Math.max(1, Math.ceil(seq / BLOCK_MESSAGES))}`
  const last = blocks.at(-1)
  if (last?.key === key) return last
  const block = { key, items: [], messages: 0 }
  blocks.push(block)
  return block
}

/** A block as it lies in the thread now. */
export interface LyingBlock {
  key: string
  messages: number
  /** From what is in sight; 0: some of it is. */
  distancePx: number
  isDrawn: boolean
  /** Somebody is in it with the keyboard, or writes in it: it may not go. */
  isHeld: boolean
}

/** Which blocks to draw: what is in sight, what is held, and what is near, the nearest first, up to the limit. */
export function chooseDrawn(blocks: readonly LyingBlock[]): Set<string> {
  const all = blocks.reduce((sum, { messages }) => sum + messages, 0)
  if (all <= MESSAGES_DRAWN_MAX) return new Set(blocks.map(({ key }) => key))
  const wanted = blocks
    .filter(
      ({ isHeld, isDrawn, distancePx }) => isHeld || distancePx <= (isDrawn ? KEEP_WITHIN_PX : DRAW_AHEAD_PX),
    )
    .toSorted((one, other) => rankOf(one) - rankOf(other))
  const drawn = new Set<string>()
  let left = MESSAGES_DRAWN_MAX
  for (const { key, messages } of wanted) {
    if (messages > left) break
    left -= messages
    drawn.add(key)
  }
  return drawn
}

/** What is in sight comes first, then what is held. */
function rankOf({ distancePx, isHeld }: LyingBlock): number {
  if (distancePx === 0) return 0
  return isHeld ? 0.5 : distancePx
}
