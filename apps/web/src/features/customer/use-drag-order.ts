import { type RefObject, useEffect, useState } from 'react'

interface DragOrder {
  list: RefObject<HTMLElement | null>
  /** Called while something is dragged, whenever it is above another place. */
  onDrag: (id: string, to: number) => void
}

/**
 * Items of a list put into another order with mouse, pen or finger. The window hears of the pointer, not the item: an
 * element that is moved in the page loses it.
 */
export function useDragOrder({ list, onDrag }: DragOrder) {
  const [dragged, setDragged] = useState<string>()
  useEffect(() => {
    if (dragged === undefined) return undefined
    const move = ({ clientY }: PointerEvent) => onDrag(dragged, placeAt(list.current, clientY))
    const end = () => setDragged(undefined)
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', end)
    window.addEventListener('pointercancel', end)
    return () => {
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', end)
      window.removeEventListener('pointercancel', end)
    }
  })
  return { dragged, begin: setDragged }
}

/** The item at this height; above and below the list, its first and its last. */
function placeAt(list: HTMLElement | null, y: number): number {
  const items = [...(list?.children ?? [])]
  const at = items.findIndex((item) => item.getBoundingClientRect().bottom > y)
  return at === -1 ? items.length - 1 : at
}
