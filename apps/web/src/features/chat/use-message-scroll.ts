import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'
import type { TimelineItem } from './timeline.ts'

/** So close to the end counts as the end. */
const END_SLACK_PX = 48
/** Older messages are asked for before the top is reached. */
const OLDER_AHEAD_PX = 800
/** What is left of the messages before it when a conversation opens at its first unread one. */
const UNREAD_OFFSET_PX = 72

export interface MessageScroll {
  onScroll: () => void
  jumpToEnd: () => void
}

interface Options {
  scroller: RefObject<HTMLElement | null>
  content: RefObject<HTMLElement | null>
  items: readonly TimelineItem[]
  onAtEndChange: (isAtEnd: boolean) => void
  onNearStart: () => void
}

/**
 * Keeps the place: at the end, new messages push the old ones up; anywhere else, nothing that arrives above
 * or below moves what is being read. Opens at the first unread message, or at the end.
 */
export function useMessageScroll({ scroller, content, items, ...callbacks }: Options): MessageScroll {
  const place = useRef({ isAtEnd: true, isOpened: false, anchorKey: '', anchorEnd: 0, lastKey: '' })
  const latest = useRef(callbacks)
  useEffect(() => {
    latest.current = callbacks
  })

  function onScroll(): void {
    const element = scroller.current
    if (!element) return
    const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < END_SLACK_PX
    if (isAtEnd !== place.current.isAtEnd) latest.current.onAtEndChange(isAtEnd)
    place.current.isAtEnd = isAtEnd
    if (element.scrollTop < OLDER_AHEAD_PX) latest.current.onNearStart()
  }

  function jumpToEnd(): void {
    const element = scroller.current
    if (element) scrollToEnd(element)
    onScroll()
  }

  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const now = place.current
    const last = items.at(-1)
    const isOwnNew = last?.type === 'message' && last.message.pending !== null && last.key !== now.lastKey
    if (!now.isOpened) open(element)
    else if (now.isAtEnd || isOwnNew) scrollToEnd(element)
    else keepAnchor(element, now)
    const first = items.find((item) => item.type === 'message')
    const isAtEnd = element.scrollHeight - element.scrollTop - element.clientHeight < END_SLACK_PX
    if (!now.isOpened || isAtEnd !== now.isAtEnd) latest.current.onAtEndChange(isAtEnd)
    place.current = {
      isAtEnd,
      isOpened: true,
      anchorKey: first?.key ?? '',
      anchorEnd: endOf(element, first?.key ?? ''),
      lastKey: last?.key ?? '',
    }
    if (element.scrollTop < OLDER_AHEAD_PX) latest.current.onNearStart()
  }, [items, scroller])

  useResize([scroller, content], () => {
    const element = scroller.current
    if (element && place.current.isAtEnd) scrollToEnd(element)
  })
  return { onScroll, jumpToEnd }
}

/** Fonts that arrive, a composer that grows, a phone that is turned. */
function useResize(elements: RefObject<HTMLElement | null>[], onResize: () => void): void {
  const latest = useRef({ elements, onResize })
  useEffect(() => {
    latest.current = { elements, onResize }
  })
  useEffect(() => {
    const observer = new ResizeObserver(() => latest.current.onResize())
    for (const { current } of latest.current.elements) if (current) observer.observe(current)
    return () => observer.disconnect()
  }, [])
}

function open(element: HTMLElement): void {
  scrollToEnd(element)
  const divider = element.querySelector<HTMLElement>('[data-unread-divider]')
  if (!divider) return
  const top = divider.offsetTop - UNREAD_OFFSET_PX
  if (top < element.scrollTop) element.scrollTo({ top, behavior: 'instant' })
}

function scrollToEnd(element: HTMLElement): void {
  element.scrollTo({ top: element.scrollHeight, behavior: 'instant' })
}

/**
 * The first message of before has moved down by what was put above it. Its end is what counts: it may have
 * lost its heading to a group that began earlier.
 */
function keepAnchor(
  element: HTMLElement,
  { anchorKey, anchorEnd }: { anchorKey: string; anchorEnd: number },
): void {
  const end = endOf(element, anchorKey)
  if (end > 0) element.scrollTo({ top: element.scrollTop + end - anchorEnd, behavior: 'instant' })
}

function endOf(element: HTMLElement, key: string): number {
  const found = element.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]`)
  return found ? found.offsetTop + found.offsetHeight : 0
}
