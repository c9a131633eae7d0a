import { useLayoutEffect } from 'react'
import type { MessageBlock } from './message-blocks.ts'
import type { MessageScroll } from './use-message-scroll.ts'

/** How long what was jumped to stays marked: it fades, and moves nothing. */
const MARKED_MS = 2_000
const MARK = [{ backgroundColor: 'var(--color-selected)' }, { backgroundColor: 'transparent' }]

interface Options {
  scroll: MessageScroll
  older: { hasMore: boolean; isLoading: boolean; isError: boolean; loadTo: (seq: number) => void }
  /** The number of the message that is wanted in sight; null: none. */
  seq: number | null
  onArrive: () => void
}

/** Brings a message into the middle of the sight, loading what lies between first, and marks it for a moment. */
export function useJump({ scroll, older, seq, onArrive }: Options): void {
  const { hasMore, isLoading, isError, loadTo } = older
  const { blocks, show } = scroll
  useLayoutEffect(() => {
    if (seq === null) return
    const block = blocks.find((one) => hasMessage(one, seq))
    if (block) {
      show({
        selector: `[data-seq="${seq}"]`,
        blockKey: block.key,
        lies: 'in-the-middle',
        onShown(shown) {
          shown.animate(MARK, MARKED_MS)
          onArrive()
        },
      })
    } else if (hasMore && !isLoading && !isError) loadTo(seq)
    else if (!hasMore) onArrive()
  }, [blocks, show, seq, hasMore, isLoading, isError, loadTo, onArrive])
}

function hasMessage({ items }: MessageBlock, seq: number): boolean {
  return items.some((item) => item.type === 'message' && item.message.seq === seq)
}
