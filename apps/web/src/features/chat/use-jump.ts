import { createContext, useContext, useLayoutEffect } from 'react'
import type { MessageBlock } from './message-blocks.ts'
import type { MessageScroll } from './use-message-scroll.ts'

/** How long what was jumped to stays marked: it fades, and moves nothing. */
const MARKED_MS = 2_000
const MARK = [{ backgroundColor: 'var(--color-selected)' }, { backgroundColor: 'transparent' }]
/** Messages that are loaded at once while the line of a part is looked for: nobody knows how far back it is. */
const LOADED_AT_ONCE = 1_000

/** A message that is to come into sight. */
export interface WantedMessage {
  seq: number
  /** The part of the conversation in which it has that number; left out: the conversation itself. */
  partId?: string | undefined
}

interface Options {
  scroll: MessageScroll
  older: { hasMore: boolean; isLoading: boolean; isError: boolean; loadTo: (seq: number) => void }
  wanted: WantedMessage | null
  onArrive: () => void
}

/** A wanted message of a part, as the part is told of it. */
export interface JumpIntoPart {
  partId: string
  seq: number
  /** It is drawn: the selector says which it is. */
  show: (selector: string) => void
  /** It cannot be shown. */
  giveUp: () => void
}

/** null: nothing of a part is wanted. */
export const JumpIntoPartContext = createContext<JumpIntoPart | null>(null)

export function useJumpIntoPart(partId: string): JumpIntoPart | null {
  const jump = useContext(JumpIntoPartContext)
  return jump?.partId === partId ? jump : null
}

/**
 * Brings a message into the middle of the sight, loading what lies between first, and marks it for a moment. Of a part only
 * its line is brought there: the part unfolds itself, loads, and shows the message.
 */
export function useJump({ scroll, older, wanted, onArrive }: Options): JumpIntoPart | null {
  const { blocks, drawn } = scroll
  const block = wanted === null ? undefined : blocks.find((one) => hasWanted(one, wanted))
  function show(selector: string): void {
    if (!block) return
    scroll.show({
      selector,
      blockKey: block.key,
      lies: 'in-the-middle',
      onShown(shown) {
        shown.animate(MARK, MARKED_MS)
        onArrive()
      },
    })
  }
  // After every rendering: each brings it nearer.
  useLayoutEffect(() => {
    if (wanted === null) return
    const { seq, partId } = wanted
    if (block && partId === undefined) show(`[data-seq="${seq}"]`)
    else if (block && !drawn.has(block.key))
      scroll.show({ selector: `[data-part="${partId}"]`, blockKey: block.key, lies: 'in-the-middle' })
    else if (!block && older.hasMore && !older.isLoading && !older.isError)
      older.loadTo(partId === undefined ? seq : Math.max(1, firstSeqOf(blocks) - LOADED_AT_ONCE))
    else if (!block && !older.hasMore) onArrive()
  })
  if (wanted?.partId === undefined) return null
  return { seq: wanted.seq, partId: wanted.partId, show, giveUp: onArrive }
}

function hasWanted({ items }: MessageBlock, { seq, partId }: WantedMessage): boolean {
  return items.some((item) =>
    partId === undefined
      ? item.type === 'message' && item.message.seq === seq
      : item.type === 'merge' && item.merge.mergedId === partId,
  )
}

function firstSeqOf(blocks: readonly MessageBlock[]): number {
  for (const { items } of blocks) {
    for (const item of items)
      if (item.type === 'message' && item.message.seq !== null) return item.message.seq
  }
  return 1
}
