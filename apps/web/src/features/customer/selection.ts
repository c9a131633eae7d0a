/** Customers one by one, or all whom the list shows to its end but for some. */
export type Selection =
  | { mode: 'some'; ids: ReadonlySet<string> }
  | { mode: 'all'; except: ReadonlySet<string> }

export const NOBODY: Selection = { mode: 'some', ids: new Set() }
export const EVERYBODY: Selection = { mode: 'all', except: new Set() }

export function isSelected(selection: Selection, id: string): boolean {
  return selection.mode === 'some' ? selection.ids.has(id) : !selection.except.has(id)
}

export function isNobody(selection: Selection): boolean {
  return selection.mode === 'some' && selection.ids.size === 0
}

/** These in, or out, whatever they were before. */
export function put(selection: Selection, ids: readonly string[], isIn: boolean): Selection {
  if (selection.mode === 'all') return { mode: 'all', except: change(selection.except, ids, !isIn) }
  return { mode: 'some', ids: change(selection.ids, ids, isIn) }
}

export function toggle(selection: Selection, id: string): Selection {
  return put(selection, [id], !isSelected(selection, id))
}

/** How many, of so many in the whole list; undefined while that is not known and all are selected. */
export function countSelected(selection: Selection, total: number | undefined): number | undefined {
  if (selection.mode === 'some') return selection.ids.size
  return total === undefined ? undefined : Math.max(0, total - selection.except.size)
}

function change(set: ReadonlySet<string>, ids: readonly string[], isIn: boolean): ReadonlySet<string> {
  const next = new Set(set)
  for (const id of ids) {
    if (isIn) next.add(id)
    else next.delete(id)
  }
  return next
}

/** For an export: these, whatever the list has been searched for since they were selected, or all of it but some. */
export function toSelected(
  selection: Selection,
  archived: boolean | undefined,
): { ids: string[]; filter: { archived?: boolean } } | { exceptIds: string[] } {
  if (selection.mode === 'all') return { exceptIds: [...selection.except] }
  return { ids: [...selection.ids], filter: archived === undefined ? {} : { archived } }
}
