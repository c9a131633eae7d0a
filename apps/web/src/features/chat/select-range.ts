import { MANY_MAX } from '@sarai/api/chat/schema'

interface Press {
  /** Of the list. */
  order: readonly string[]
  selected: ReadonlySet<string>
  /** Where a range begins; left out: only the one that was pressed. */
  anchor: string | undefined
  id: string
}

/** What is chosen after a press: the pressed one turned over, a range as the pressed one. MANY_MAX at most. */
export function selectRange({ order, selected, anchor, id }: Press): ReadonlySet<string> {
  const isOn = !selected.has(id)
  const next = new Set(selected)
  for (const each of range(order, anchor ?? id, id)) {
    if (!isOn) next.delete(each)
    else if (next.size < MANY_MAX) next.add(each)
  }
  return next
}

/** From the one to the other, both of them; only the other if the one is not in the list any more. */
function range(order: readonly string[], from: string, to: string): readonly string[] {
  const [first, last] = [order.indexOf(from), order.indexOf(to)]
  if (first === -1 || last === -1) return [to]
  return first <= last ? order.slice(first, last + 1) : order.slice(last, first + 1).toReversed()
}
