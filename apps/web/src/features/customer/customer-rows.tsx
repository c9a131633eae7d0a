import type { Customer } from '@sarai/api'
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type CSSProperties, type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useShortcuts } from '../../lib/keyboard.ts'
import { Button } from '../../ui/button.tsx'
import { useWidth } from '../../ui/use-width.ts'
import { layOut } from './customer-columns.ts'
import { CustomerHeadings } from './customer-headings.tsx'
import type { CustomersSearch } from './customer-queries.ts'
import { CustomerRow } from './customer-row.tsx'
import type { CustomerTableProps } from './customer-table.tsx'
import { useSelecting } from './selection-context.ts'
import { useColumnsContext } from './use-columns.ts'

const ROW_HEIGHT_PX = 44
const ROWS_BEYOND = 12
/** More is fetched when so many loaded rows are left below the visible ones. */
const ROWS_LEFT_MIN = 25

interface CustomerRowsProps {
  list: CustomerTableProps['list']
  items: readonly Customer[]
  customerId: string | undefined
  search: CustomersSearch
  onSearchChange: (search: CustomersSearch) => void
}

/** Only what is near the visible part is drawn, so 100,000 rows are as fast as 100. */
export function CustomerRows({ list, items, customerId, search, onSearchChange }: CustomerRowsProps) {
  const t = useTranslations('customer.list')
  const [scroller, width] = useWidth<HTMLDivElement>()
  const layout = layOut(useColumnsContext().chosen, width)
  const [active, setActive] = useState(-1)
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    getItemKey: (index) => items[index]?.id ?? index,
    estimateSize: () => ROW_HEIGHT_PX,
    overscan: ROWS_BEYOND,
    // The row with the focus stays, wherever one scrolls: a focus that vanishes cannot be found again.
    rangeExtractor: (range) => withActive(defaultRangeExtractor(range), active, items.length),
  })
  const rows = virtualizer.getVirtualItems()
  const ids = items.map(({ id }) => id)
  useTopOfNewList(search, () => {
    setActive(-1)
    scroller.current?.scrollTo({ top: 0, behavior: 'instant' })
  })
  useMoreNearEnd(list, items.length - 1 - (virtualizer.range?.endIndex ?? 0))
  useRowKeys({
    scroller,
    active,
    ids,
    onMove: (index) => {
      setActive(index)
      virtualizer.scrollToIndex(index)
    },
  })
  return (
    <div
      ref={scroller}
      style={{ '--list-width': `${layout.widthPx}px` } as CSSProperties}
      className="min-h-0 flex-1 overflow-auto overscroll-contain"
    >
      <div
        role="table"
        aria-label={t('label')}
        aria-rowcount={list.hasNextPage ? -1 : items.length + 1}
        style={{ minWidth: layout.minPx }}
      >
        <CustomerHeadings ids={ids} layout={layout} search={search} onSearchChange={onSearchChange} />
        <div role="rowgroup" className="relative" style={{ height: virtualizer.getTotalSize() }}>
          {rows.map(({ index, key, start }) => {
            const customer = items[index]
            return customer ? (
              <CustomerRow
                key={key}
                ref={virtualizer.measureElement}
                index={index}
                start={start}
                layout={layout}
                customer={customer}
                isSelected={customer.id === customerId}
                isActive={index === active}
                ids={ids}
                onFocus={setActive}
              />
            ) : null
          })}
        </div>
      </div>
      <ListEnd list={list} count={items.length} />
    </div>
  )
}

/** Another order or another search is another list: it is read from its beginning. */
function useTopOfNewList(search: CustomersSearch, onNew: () => void): void {
  const list = JSON.stringify(search)
  const shown = useRef(list)
  useEffect(() => {
    if (shown.current === list) return
    shown.current = list
    onNew()
  })
}

function ListEnd({ list, count }: { list: CustomerTableProps['list']; count: number }) {
  const t = useTranslations('customer.list')
  return (
    <div
      aria-live="polite"
      className="flex min-h-11 items-center justify-center gap-2 p-3 text-sm text-text-faint"
    >
      {list.isFetchNextPageError ? (
        <>
          {t('moreFailed')}
          <Button size="sm" onClick={() => void list.fetchNextPage()}>
            {t('tryAgain')}
          </Button>
        </>
      ) : list.hasNextPage ? (
        t('loadingMore')
      ) : (
        t('shown', { count })
      )}
    </div>
  )
}

function withActive(indexes: number[], active: number, count: number): number[] {
  if (active < 0 || active >= count || indexes.includes(active)) return indexes
  return [...indexes, active].toSorted((one, other) => one - other)
}

function useMoreNearEnd(list: CustomerTableProps['list'], rowsLeft: number): void {
  const { hasNextPage, isFetchingNextPage, isFetchNextPageError, isPlaceholderData, fetchNextPage } = list
  const isWanted = rowsLeft < ROWS_LEFT_MIN && hasNextPage && !isFetchingNextPage && !isFetchNextPageError
  useEffect(() => {
    if (isWanted && !isPlaceholderData) void fetchNextPage()
  }, [isWanted, isPlaceholderData, fetchNextPage])
}

interface RowKeys {
  scroller: RefObject<HTMLElement | null>
  active: number
  /** Of the rows that are loaded. */
  ids: readonly string[]
  onMove: (index: number) => void
}

/** `j` and `k` move the focus from row to row, with Shift they select on the way, `x` selects; Enter is the link's own. */
function useRowKeys({ scroller, active, ids, onMove }: RowKeys): void {
  const t = useTranslations('customer.shortcut')
  const isMoved = useRef(false)
  const selecting = useSelecting()
  function move(step: 1 | -1): void {
    const index = Math.min(Math.max(active + step, 0), ids.length - 1)
    isMoved.current = true
    onMove(index)
    focusRow(scroller.current, index)
  }
  useEffect(() => {
    if (!isMoved.current) return
    isMoved.current = false
    focusRow(scroller.current, active)
  })
  const group = t('group')
  function select(step: 0 | 1 | -1): void {
    const id = ids[Math.min(Math.max(active + step, 0), ids.length - 1)]
    const from = ids[active]
    if (!selecting || id === undefined) return
    if (step === 0) return selecting.toggle(id)
    selecting.put(from === undefined ? [id] : [from, id], true)
    move(step)
  }
  const key = (name: 'next' | 'previous' | 'select' | 'selectNext' | 'selectPrevious' | 'selectAll') => ({
    id: `customer.${name}`,
    label: t(name),
    group,
    isKeyOnly: true,
  })
  useShortcuts([
    { ...key('next'), keys: 'j', run: () => move(1) },
    { ...key('previous'), keys: 'k', run: () => move(-1) },
    ...(selecting
      ? [
          { ...key('select'), keys: 'x', run: () => select(0) },
          { ...key('selectNext'), keys: 'shift+j', run: () => select(1) },
          { ...key('selectPrevious'), keys: 'shift+k', run: () => select(-1) },
          { ...key('selectNext'), id: 'customer.selectDown', keys: 'shift+arrowdown', run: () => select(1) },
          { ...key('selectPrevious'), id: 'customer.selectUp', keys: 'shift+arrowup', run: () => select(-1) },
          { ...key('selectAll'), keys: '* a', run: selecting.selectAll },
        ]
      : []),
  ])
}

function focusRow(scroller: HTMLElement | null, index: number): void {
  scroller?.querySelector<HTMLElement>(`[data-index="${index}"] a`)?.focus({ preventScroll: true })
}
