/** So close to the end counts as the end for what comes new. */
const END_SLACK_PX = 48
/** What somebody has just unfolded: they read it from its beginning. */
const UNFOLDING = '[aria-expanded="true"]:is(:focus, :hover)'

/** Where somebody reads: what they see, and where each of it ends. */
export interface ReadingPlace {
  scrollTop: number
  isAtEnd: boolean
  /** Not a pixel above the end. */
  isAtVeryEnd: boolean
  seen: readonly { key: string; bottom: number }[]
}

export function readPlace(scroller: HTMLElement): ReadingPlace {
  const left = distanceToEnd(scroller)
  const { top, bottom } = scroller.getBoundingClientRect()
  const seen: { key: string; bottom: number }[] = []
  for (const message of scroller.querySelectorAll<HTMLElement>('[data-key]')) {
    const rect = message.getBoundingClientRect()
    if (rect.bottom > top && rect.top < bottom)
      seen.push({ key: message.dataset['key'] ?? '', bottom: rect.bottom - top })
  }
  return { scrollTop: scroller.scrollTop, isAtEnd: left < END_SLACK_PX, isAtVeryEnd: left < 1, seen }
}

/**
 * Puts what was seen where it was, whatever has happened above it, and says where that is now. The end of a message is what
 * counts: its beginning may have lost its heading to a group that began earlier. Who was at the very end is there again, also when
 * the room for the messages became smaller, unless they unfold something there. What was scrolled since, and not told yet,
 * is not taken back.
 */
export function keepPlace(scroller: HTMLElement, before: ReadingPlace): ReadingPlace {
  if (before.isAtVeryEnd && scroller.scrollTop === before.scrollTop && !scroller.querySelector(UNFOLDING)) {
    scrollToEnd(scroller)
    return { ...before, scrollTop: scroller.scrollTop }
  }
  const scrolled = scrolledSince(scroller, before)
  const place = {
    ...before,
    seen: before.seen.map(({ key, bottom }) => ({ key, bottom: bottom - scrolled })),
  }
  const { top } = scroller.getBoundingClientRect()
  for (const { key, bottom } of place.seen) {
    const message = scroller.querySelector(`[data-key="${CSS.escape(key)}"]`)
    if (!message) continue
    const moved = message.getBoundingClientRect().bottom - top - bottom
    if (Math.abs(moved) >= 0.5) scroller.scrollTo({ top: scroller.scrollTop + moved, behavior: 'instant' })
    break
  }
  return { ...place, scrollTop: scroller.scrollTop }
}

export function scrollToEnd(scroller: HTMLElement): void {
  scroller.scrollTo({ top: scroller.scrollHeight, behavior: 'instant' })
}

/** A thread that became shorter pushes the place up by itself: nobody has scrolled then. */
function scrolledSince(scroller: HTMLElement, { scrollTop }: ReadingPlace): number {
  const scrolled = scroller.scrollTop - scrollTop
  return scrolled < 0 && distanceToEnd(scroller) < 1 ? 0 : scrolled
}

function distanceToEnd({ scrollHeight, scrollTop, clientHeight }: HTMLElement): number {
  return scrollHeight - scrollTop - clientHeight
}
