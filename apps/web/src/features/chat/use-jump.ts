import { type RefObject, useEffect } from 'react'

/** How long what was jumped to stays marked: it fades, and moves nothing. */
const MARKED_MS = 2_000
const MARK = [{ backgroundColor: 'var(--color-selected)' }, { backgroundColor: 'transparent' }]

interface Options {
  scroller: RefObject<HTMLElement | null>
  /** Changes with what is loaded. */
  items: readonly unknown[]
  older: { hasMore: boolean; isLoading: boolean; isError: boolean; loadTo: (seq: number) => void }
  /** The number of the message that is wanted in sight; null: none. */
  seq: number | null
  onArrive: () => void
}

/** Brings a message into the middle of the sight, loading what lies between first, and marks it for a moment. */
export function useJump({ scroller, items, older, seq, onArrive }: Options): void {
  const { hasMore, isLoading, isError, loadTo } = older
  useEffect(() => {
    if (seq === null) return
    const found = scroller.current?.querySelector(`[data-seq="${seq}"]`)
    if (found) {
      found.scrollIntoView({ block: 'center', behavior: 'instant' })
      found.animate(MARK, MARKED_MS)
      onArrive()
    } else if (hasMore && !isLoading && !isError) loadTo(seq)
    else if (!hasMore) onArrive()
  }, [scroller, items, seq, hasMore, isLoading, isError, loadTo, onArrive])
}
