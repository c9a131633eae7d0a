import { type RefObject, useEffect, useRef } from 'react'

let isFirstPage = true
const APP_NAME = 'Sarai'

/**
 * Names the browser tab, and puts the focus on the page's heading when the page has been navigated to, so that
 * keyboard and screen reader start there. Not on the first page: the browser has just announced the document.
 */
export function usePage(title: string, place?: string): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = [title, place, APP_NAME].filter(Boolean).join(' · ')
  }, [title, place])
  useEffect(() => {
    if (isFirstPage) isFirstPage = false
    else heading.current?.focus({ preventScroll: true })
  }, [])
  return heading
}
