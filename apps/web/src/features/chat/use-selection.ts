import type { ConversationForMember } from '@sarai/api'
import { MANY_MAX } from '@sarai/api/chat/schema'
import { useMemo, useState } from 'react'
import { selectRange } from './select-range.ts'

export interface Selection {
  selected: ConversationForMember[]
  has: (id: string) => boolean
  isFull: boolean
  /** Boxes are shown beside all rows, also where nothing can be pointed at. */
  isActive: boolean
  begin: () => void
  clear: () => void
  /** `isRange`: and all between it and the one that was pressed before. */
  toggle: (id: string, isRange?: boolean) => void
  selectAll: () => void
}

/** Which conversations of the list are chosen. One that leaves the list is chosen no more. */
export function useSelection(items: readonly ConversationForMember[]): Selection {
  const [ids, setIds] = useState<ReadonlySet<string>>(new Set())
  const [anchor, setAnchor] = useState<string>()
  const [isBegun, setBegun] = useState(false)
  const selected = useMemo(() => items.filter(({ id }) => ids.has(id)), [items, ids])
  const order = items.map(({ id }) => id)
  return {
    selected,
    has: (id) => ids.has(id),
    isFull: selected.length >= MANY_MAX,
    isActive: isBegun || selected.length > 0,
    begin: () => setBegun(true),
    clear: () => {
      setIds(new Set())
      setBegun(false)
    },
    toggle: (id, isRange = false) => {
      const before = new Set(selected.map((item) => item.id))
      setIds(selectRange({ order, selected: before, anchor: isRange ? anchor : undefined, id }))
      setAnchor(id)
    },
    selectAll: () => setIds(new Set(order.slice(0, MANY_MAX))),
  }
}
