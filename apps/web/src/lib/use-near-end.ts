import { useEffect, useRef } from 'react'

/** How far below the visible part the end may be when more is fetched: about a screen. */
const AHEAD = '600px'

/** Put the ref on an element behind a list: `onNear` is called whenever it comes near the visible part. */
export function useNearEnd(isWanted: boolean, onNear: () => unknown): (element: Element | null) => void {
  const latest = useRef(onNear)
  const element = useRef<Element | null>(null)
  useEffect(() => {
    latest.current = onNear
  })
  useEffect(() => {
    if (!isWanted || !element.current) return
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) latest.current()
      },
      { root: element.current.parentElement, rootMargin: AHEAD },
    )
    observer.observe(element.current)
    return () => observer.disconnect()
  }, [isWanted])
  return (next) => {
    element.current = next
  }
}
