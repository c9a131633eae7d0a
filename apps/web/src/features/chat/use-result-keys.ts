import { type RefObject, useEffect, useRef } from 'react'

/**
 * Arrow keys go from the search field into what was found, from one to the next, and back up into the field; Escape goes
 * back at once. For the element around both.
 */
export function useResultKeys(): RefObject<HTMLElement | null> {
  const around = useRef<HTMLElement>(null)
  useEffect(() => {
    const element = around.current
    if (!element) return
    const onKeyDown = (event: KeyboardEvent) => move(element, event)
    element.addEventListener('keydown', onKeyDown)
    return () => element.removeEventListener('keydown', onKeyDown)
  }, [])
  return around
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }

function move(around: HTMLElement, event: KeyboardEvent): void {
  const field = around.querySelector<HTMLElement>('input[type=search]')
  const results = [...around.querySelectorAll<HTMLElement>('[data-results] li a')]
  const at = results.findIndex((result) => result === document.activeElement)
  const isInField = document.activeElement === field
  if (at === -1 && !isInField) return
  const next = findNext({ key: event.key, at, field, results })
  if (!next || next === document.activeElement) return
  event.preventDefault()
  next.focus()
}

interface Place {
  key: string
  /** -1: the field. */
  at: number
  field: HTMLElement | null
  results: readonly HTMLElement[]
}

function findNext({ key, at, field, results }: Place): HTMLElement | null | undefined {
  if (key === 'Escape') return at === -1 ? undefined : field
  const step = STEPS[key]
  if (step === undefined) return undefined
  return at + step < 0 ? field : results[at + step]
}
