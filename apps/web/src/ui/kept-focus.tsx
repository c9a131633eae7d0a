import { type FocusEvent, type ReactNode, useEffect, useRef } from 'react'

interface KeptFocusProps {
  /** Selectors of where one goes on, the best place first; left out or not there: at the control that has moved up. */
  places?: readonly string[]
  children: ReactNode
}

const NOWHERE: readonly string[] = []
const CONTROLS = 'a[href], button:not(:disabled), input:not(:disabled), textarea, select'

/**
 * What leaves the page takes the focus with it: a row that was archived, a button whose work is done. Whoever works by
 * keyboard goes on at what has come in its place, not at the beginning of the page.
 */
export function KeptFocus({ places = NOWHERE, children }: KeptFocusProps) {
  const root = useRef<HTMLDivElement>(null)
  /** Menus and dialogs of what is here count, though they are drawn elsewhere. */
  const isInside = useRef(false)
  /** Of the control that had the focus last. */
  const index = useRef(0)
  const selectors = places.join('\n')
  useEffect(() => {
    const { current } = root
    if (!current) return
    const observer = new MutationObserver(() => {
      if (!isInside.current || document.activeElement !== document.body) return
      const found = selectors ? findFirst(current, selectors.split('\n')) : null
      const controls = listControls(current)
      const next = found ?? controls[index.current] ?? controls.at(-1) ?? document.querySelector('h1')
      next?.focus()
    })
    observer.observe(current, { childList: true, subtree: true })
    // A dialog that goes after what it was about has nowhere to give the focus back to.
    observer.observe(document.body, { childList: true })
    return () => observer.disconnect()
  }, [selectors])
  function remember({ target, currentTarget }: FocusEvent<HTMLElement, Element>): void {
    isInside.current = true
    const at = listControls(currentTarget).findIndex((control) => control === target)
    if (at !== -1) index.current = at
  }
  return (
    <div
      ref={root}
      className="contents"
      onFocus={remember}
      // Not heard of what is taken out of the page while it has the focus.
      onBlur={() => {
        isInside.current = false
      }}
    >
      {children}
    </div>
  )
}

function findFirst(root: HTMLElement, selectors: readonly string[]): HTMLElement | null {
  const found = selectors.map((selector) => root.querySelector<HTMLElement>(selector))
  return found.find((element) => element !== null) ?? null
}

function listControls(root: HTMLElement): HTMLElement[] {
  return [...root.querySelectorAll<HTMLElement>(CONTROLS)]
}
