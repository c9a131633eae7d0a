import { type RefObject, useEffect, useRef } from 'react'
import { announce } from '../../lib/announce.ts'

interface MoveFocus {
  list: RefObject<HTMLOListElement | null>
  /** Says where something is now, and keeps the focus on the button that moved it. */
  moved: (id: string, text: string) => void
}

/** An element that is moved in the page loses the focus; whoever presses again should not have to look for it. */
export function useMoveFocus(): MoveFocus {
  const list = useRef<HTMLOListElement>(null)
  const wanted = useRef<{ id: string; step: string }>(null)
  useEffect(() => {
    if (!wanted.current) return
    const { id, step } = wanted.current
    wanted.current = null
    list.current?.querySelector<HTMLElement>(`[data-moved="${id}"] [data-step="${step}"]`)?.focus()
  })
  return {
    list,
    moved(id, text) {
      const { activeElement } = document
      const step = activeElement instanceof HTMLElement ? activeElement.dataset['step'] : undefined
      if (step !== undefined) wanted.current = { id, step }
      announce(text)
    },
  }
}
