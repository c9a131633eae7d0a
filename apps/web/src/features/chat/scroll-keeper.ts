import { BlockHeights } from './block-heights.ts'
import { chooseDrawn, type MessageBlock } from './message-blocks.ts'
import { keepPlace, readPlace, type ReadingPlace, scrollToEnd } from './reading-place.ts'
import type { TimelineItem } from './timeline.ts'

/** What is left of the messages before it when a conversation opens at its first unread one. */
const UNREAD_OFFSET_PX = 72
/** A block has its true height only when it is drawn, and what is near it is known only then: mostly two passes do. */
const PASSES_MAX = 8
/** In these somebody is at work: the element with the focus, a message that is being edited, what they have unfolded. */
const HELD = ':focus, form, textarea, [aria-expanded="true"]'

/** What is to be brought into sight, in a block that may not be drawn yet. */
export interface ScrollGoal {
  selector: string
  blockKey: string
  lies: 'in-the-middle' | 'below-the-top'
  onShown?: (shown: Element) => void
}

/** What is in the page now. */
export interface DrawnThread {
  scroller: HTMLElement
  list: HTMLElement
  blocks: readonly MessageBlock[]
  drawn: ReadonlySet<string>
}

/**
 * Keeps the place in a thread while blocks of it are drawn, left out, or change their heights. Each pass puts right what
 * the last one has moved, and says what is to be drawn next; all passes come before the page is painted.
 */
export class ScrollKeeper {
  readonly heights = new BlockHeights()
  #place: ReadingPlace | null = null
  #goal: ScrollGoal | 'end' | null = null
  #lastKey = ''
  #passes = 0

  get isAtEnd(): boolean {
    return this.#place?.isAtEnd ?? true
  }

  /** Somebody has scrolled, or it is heard late that we have: the room may have changed since, and is not their doing. */
  hear(scroller: HTMLElement): void {
    if (scroller.scrollTop !== this.#place?.scrollTop) this.#place = readPlace(scroller)
  }

  /** It is brought into sight with the next passes. */
  aim(goal: ScrollGoal | 'end'): void {
    this.#goal = goal
  }

  /** Where the sight goes by itself when the messages have changed. */
  follow(blocks: readonly MessageBlock[]): void {
    const last = blocks.at(-1)?.items.at(-1)
    const isNew = last?.key !== this.#lastKey
    this.#lastKey = last?.key ?? ''
    if (!this.#place) this.#goal = findUnread(blocks) ?? 'end'
    else if (isNew && (this.#place.isAtEnd || isOwn(last))) this.#goal = 'end'
  }

  /** What is to be drawn instead; null: everything is where it belongs, and `place` says where that is. */
  settle(thread: DrawnThread): ReadonlySet<string> | null {
    this.#measure(thread)
    this.#hold(thread)
    const next = this.#choose(thread)
    if (!isSame(next, thread.drawn) && this.#passes < PASSES_MAX) {
      this.#passes += 1
      return next
    }
    this.#passes = 0
    const goal = this.#goal
    this.#goal = null
    this.#place = readPlace(thread.scroller)
    if (goal !== null && goal !== 'end') {
      const shown = thread.list.querySelector(goal.selector)
      if (shown) goal.onShown?.(shown)
    }
    return null
  }

  #measure({ list, blocks, drawn }: DrawnThread): void {
    for (const [index, block] of blocks.entries()) {
      const element = list.children[index]
      if (element && drawn.has(block.key)) this.heights.measure(block, element.getBoundingClientRect().height)
    }
  }

  #hold({ scroller, list, blocks }: DrawnThread): void {
    const goal = this.#goal
    if (goal === 'end') scrollToEnd(scroller)
    else if (goal) {
      const target =
        list.querySelector(goal.selector) ??
        list.children[blocks.findIndex(({ key }) => key === goal.blockKey)]
      if (target) bringIntoSight(scroller, { target, lies: goal.lies })
    } else if (this.#place) this.#place = keepPlace(scroller, this.#place)
  }

  #choose({ scroller, list, blocks, drawn }: DrawnThread): Set<string> {
    const sight = scroller.getBoundingClientRect()
    const lying = blocks.map(({ key, messages }, index) => {
      const element = list.children[index]
      const { top, bottom } = element?.getBoundingClientRect() ?? sight
      const isDrawn = drawn.has(key)
      const isHeld = isDrawn && Boolean(element?.querySelector(HELD))
      return {
        key,
        messages,
        isDrawn,
        isHeld,
        distancePx: Math.max(0, top - sight.bottom, sight.top - bottom),
      }
    })
    return chooseDrawn(lying)
  }
}

function findUnread(blocks: readonly MessageBlock[]): ScrollGoal | null {
  const block = blocks.find(({ items }) => items.some(({ type }) => type === 'unread'))
  if (!block) return null
  return { selector: '[data-unread-divider]', blockKey: block.key, lies: 'below-the-top' }
}

function isOwn(item: TimelineItem | undefined): boolean {
  return item?.type === 'message' && item.message.pending !== null
}

function bringIntoSight(
  scroller: HTMLElement,
  { target, lies }: { target: Element; lies: ScrollGoal['lies'] },
): void {
  const rect = target.getBoundingClientRect()
  const above = lies === 'in-the-middle' ? (scroller.clientHeight - rect.height) / 2 : UNREAD_OFFSET_PX
  const top = scroller.scrollTop + rect.top - scroller.getBoundingClientRect().top - Math.max(0, above)
  scroller.scrollTo({ top, behavior: 'instant' })
}

function isSame(one: ReadonlySet<string>, other: ReadonlySet<string>): boolean {
  return one.size === other.size && [...one].every((key) => other.has(key))
}
