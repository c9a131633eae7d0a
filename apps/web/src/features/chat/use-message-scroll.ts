import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import type { BlockHeights } from './block-heights.ts'
import { cutIntoBlocks, type MessageBlock } from './message-blocks.ts'
import { type ScrollGoal, ScrollKeeper } from './scroll-keeper.ts'
import type { TimelineItem } from './timeline.ts'

/** Older messages are asked for before the top is reached. */
const OLDER_AHEAD_PX = 1_600

export interface MessageScroll {
  blocks: readonly MessageBlock[]
  drawn: ReadonlySet<string>
  heights: BlockHeights
  onScroll: () => void
  jumpToEnd: () => void
  /** Brings it into sight before the page is painted: for layout effects. */
  show: (goal: ScrollGoal) => void
}

interface Options {
  scroller: RefObject<HTMLElement | null>
  /** Its children are the blocks, each of them whether it is drawn or not. */
  list: RefObject<HTMLElement | null>
  items: readonly TimelineItem[]
  onAtEndChange: (isAtEnd: boolean) => void
  onNearStart: () => void
}

/**
 * Keeps the place, and says what of the thread is drawn: at the end, new messages push the old ones up; anywhere else,
 * nothing that arrives, is drawn or is left out moves what is being read. Opens at the first unread message, or at the end.
 */
export function useMessageScroll({ scroller, list, items, ...callbacks }: Options): MessageScroll {
  const blocks = useMemo(() => cutIntoBlocks(items), [items])
  const [keeper] = useState(() => new ScrollKeeper())
  const [drawn, setDrawn] = useState<ReadonlySet<string>>(new Set())
  const [width, setWidth] = useState(0)
  const toldEnd = useRef<boolean | null>(null)

  function settle(): void {
    if (!scroller.current || !list.current) return
    const next = keeper.settle({ scroller: scroller.current, list: list.current, blocks, drawn })
    if (next) return setDrawn(next)
    if (toldEnd.current !== keeper.isAtEnd) callbacks.onAtEndChange(keeper.isAtEnd)
    toldEnd.current = keeper.isAtEnd
    if (scroller.current.scrollTop < OLDER_AHEAD_PX) callbacks.onNearStart()
  }
  const latest = useRef(settle)
  useLayoutEffect(() => {
    latest.current = settle
  })
  useLayoutEffect(() => keeper.follow(blocks), [keeper, blocks])
  // After every rendering, whatever it was for: what was measured since has changed the empty space above what is read.
  useLayoutEffect(() => latest.current())
  useSizes({ scroller, list, drawn }, () => {
    const now = scroller.current?.clientWidth ?? width
    if (now !== width) keeper.heights.forget()
    setWidth(now)
    latest.current()
  })

  return {
    blocks,
    drawn,
    heights: keeper.heights,
    onScroll() {
      if (scroller.current) keeper.hear(scroller.current)
      flushSync(() => latest.current())
    },
    jumpToEnd() {
      keeper.aim('end')
      flushSync(() => latest.current())
    },
    show(goal) {
      keeper.aim(goal)
      latest.current()
    },
  }
}

/** Fonts that arrive, a message that is edited, a composer that grows, a phone that is turned. */
function useSizes(
  { scroller, list, drawn }: Pick<Options, 'scroller' | 'list'> & { drawn: ReadonlySet<string> },
  onResize: () => void,
): void {
  const latest = useRef(onResize)
  useLayoutEffect(() => {
    latest.current = onResize
  })
  useEffect(() => {
    const observer = new ResizeObserver(() => latest.current())
    if (scroller.current) observer.observe(scroller.current)
    for (const block of list.current?.querySelectorAll('[data-drawn]') ?? []) observer.observe(block)
    return () => observer.disconnect()
  }, [scroller, list, drawn])
}
