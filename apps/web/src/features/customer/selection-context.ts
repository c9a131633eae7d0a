import { createContext, use, useState } from 'react'
import { EVERYBODY, isSelected, NOBODY, put, type Selection, toggle } from './selection.ts'

export interface Selecting {
  selection: Selection
  isSelected: (id: string) => boolean
  toggle: (id: string) => void
  /** Everything between the last one that was chosen and this one becomes as that one is. */
  extendTo: (id: string, ids: readonly string[]) => void
  put: (ids: readonly string[], isIn: boolean) => void
  selectAll: () => void
  clear: () => void
}

/** null for who may change no customer: their rows have nothing to tick. */
export const SelectionContext = createContext<Selecting | null>(null)

export function useSelecting(): Selecting | null {
  return use(SelectionContext)
}

/** Another list (`listKey`) is another selection: what is not in sight must not be changed unseen. */
export function useSelection(listKey: string): Selecting {
  const [state, setState] = useState({ listKey, selection: NOBODY, last: '' })
  const isSame = state.listKey === listKey
  const selection = isSame ? state.selection : NOBODY
  const last = isSame ? state.last : ''
  const set = (next: Selection, at = last) => setState({ listKey, selection: next, last: at })
  return {
    selection,
    isSelected: (id) => isSelected(selection, id),
    toggle: (id) => set(toggle(selection, id), id),
    extendTo(id, ids) {
      const [from, to] = [ids.indexOf(last), ids.indexOf(id)]
      if (from === -1 || to === -1) return set(toggle(selection, id), id)
      const between = ids.slice(Math.min(from, to), Math.max(from, to) + 1)
      set(put(selection, between, isSelected(selection, last)), id)
    },
    put: (ids, isIn) => set(put(selection, ids, isIn), ids.at(-1)),
    selectAll: () => set(EVERYBODY),
    clear: () => set(NOBODY, ''),
  }
}
