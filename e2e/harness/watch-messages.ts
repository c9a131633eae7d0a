import type { Locator } from '@playwright/test'

export interface Watched {
  /** How far a message ever moved by itself: beyond what was scrolled in that frame. In pixels. */
  movedMost: number
  /** The most messages that were in the page at once. */
  drawnMost: number
  /** Frames in which no message was in sight. */
  blank: number
}

interface Way {
  /** Up is negative. */
  stepPx: number
  /** Until a message with this number or a lower one is in sight (a higher one on the way down). */
  toSeq: number
}

/**
 * Scrolls a step with each frame, as somebody who reads fast, and looks in each frame at one message in the middle of the
 * sight: it has to be where the scrolling has put it.
 */
export function scrollAndWatch(thread: Locator, way: Way): Promise<Watched> {
  return thread.evaluate(async (element, { stepPx, toSeq }) => {
    const frame = () => new Promise((done) => requestAnimationFrame(done))
    const sight = element.getBoundingClientRect()
    const middle = (sight.top + sight.bottom) / 2
    const messages = () => [...element.querySelectorAll<HTMLElement>('[data-seq]')]
    const seqOf = (message: HTMLElement) => Number(message.dataset['seq'])
    const isThere = (seq: number) => (stepPx < 0 ? seq <= toSeq : seq >= toSeq)
    let movedMost = 0
    let drawnMost = 0
    let blank = 0
    let isFound = false
    await frame()
    while (!isFound) {
      const all = messages()
      const seen = all.filter((one) => {
        const { top, bottom } = one.getBoundingClientRect()
        return bottom > sight.top && top < sight.bottom
      })
      drawnMost = Math.max(drawnMost, all.length)
      if (seen.length === 0) blank += 1
      const watched = seen.find((one) => one.getBoundingClientRect().bottom > middle)
      const was = { place: watched?.getBoundingClientRect().bottom ?? 0, top: element.scrollTop }
      element.scrollTop += stepPx
      const scrolled = element.scrollTop - was.top
      await frame()
      const place = watched?.isConnected ? watched.getBoundingClientRect().bottom : null
      if (watched) movedMost = Math.max(movedMost, Math.abs((place ?? Infinity) - was.place + scrolled))
      isFound = seen.some((one) => isThere(seqOf(one)))
    }
    return { movedMost, drawnMost, blank }
  }, way)
}

/** The first message in sight and, in pixels from the top of the sight, where it ends. */
export function placeOf(thread: Locator): Promise<{ seq: string; end: number }> {
  return thread.evaluate((element) => {
    const { top } = element.getBoundingClientRect()
    const all = [...element.querySelectorAll<HTMLElement>('[data-seq]')]
    const first = all.find((one) => one.getBoundingClientRect().bottom > top)
    const end = Math.round((first?.getBoundingClientRect().bottom ?? 0) - top)
    return { seq: first?.dataset['seq'] ?? '', end }
  })
}
