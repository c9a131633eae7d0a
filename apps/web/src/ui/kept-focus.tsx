import { type ReactNode, useEffect, useRef } from 'react'

interface KeptFocusProps {
  /** Where one goes on, the best place first. */
  places: readonly string[]
  children: ReactNode
}

/**
 * What leaves the page takes the focus with it: a row that was archived, a button whose work is done. Whoever works by
 * keyboard goes on at what has come in its place, not at the beginning of the page.
 */
export function KeptFocus({ places, children }: KeptFocusProps) {
  const root = useRef<HTMLDivElement>(null)
  const isInside = useRef(false)
  const selectors = places.join('\n')
  useEffect(() => {
    const { current } = root
    if (!current) return
    const observer = new MutationObserver(() => {
      if (!isInside.current || document.activeElement !== document.body) return
      findIn(current, selectors.split('\n'))?.focus()
    })
    observer.observe(current, { childList: true, subtree: true })
    return () => observer.disconnect()
  }, [selectors])
  return (
    <div
      ref={root}
      className="contents"
      onFocus={() => {
        isInside.current = true
      }}
      // Not heard of what is taken out of the page while it has the focus.
      onBlur={() => {
        isInside.current = false
      }}
    >
      {children}
    </div>
  )
}

function findIn(root: HTMLElement, selectors: readonly string[]): HTMLElement | null {
  const found = selectors.map((selector) => root.querySelector<HTMLElement>(selector))
  return found.find((element) => element !== null) ?? document.querySelector('h1')
}
