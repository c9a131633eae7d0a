import type { KeyboardEvent } from 'react'
import { useLocale } from 'use-intl'
import { directionOf } from '../../lib/preferences.ts'

const STEPS: Record<string, { down: number; across: number }> = {
  ArrowDown: { down: 1, across: 0 },
  ArrowUp: { down: -1, across: 0 },
  ArrowRight: { down: 0, across: 1 },
  ArrowLeft: { down: 0, across: -1 },
}

/** For a table of many links: Tab comes to one of them, the arrow keys go to the next one in their direction. */
export function useGridSteps() {
  const isRtl = directionOf(useLocale()) === 'rtl'
  return {
    onKeyDown(event: KeyboardEvent<HTMLTableElement>): void {
      const step = STEPS[event.key]
      const cell = event.target instanceof Element ? event.target.closest('td') : null
      if (!step || !cell) return
      event.preventDefault()
      const across = isRtl ? -step.across : step.across
      const link = findLink(event.currentTarget, { cell, down: step.down, across })
      if (!link) return
      for (const each of event.currentTarget.querySelectorAll('a')) each.tabIndex = -1
      link.tabIndex = 0
      link.focus()
    },
  }
}

interface Step {
  cell: HTMLTableCellElement
  down: number
  across: number
}

/** Over cells without a link, up to the edge. */
function findLink(table: HTMLTableElement, { cell, down, across }: Step): HTMLAnchorElement | undefined {
  let row = (cell.parentElement as HTMLTableRowElement).rowIndex
  let column = cell.cellIndex
  for (;;) {
    row += down
    column += across
    const next = table.rows[row]?.cells[column]
    if (!next) return undefined
    const link = next.querySelector('a')
    if (link) return link
  }
}
