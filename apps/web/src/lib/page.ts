import { type RefObject, useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'

let isFirstPage = true

/**
 * Names the browser tab, and puts the focus on the page's heading when the page has been navigated to, so that
 * keyboard and screen reader start there. Not on the first page: the browser has just announced the document.
 */
export function usePage(title: string, place?: string): RefObject<HTMLHeadingElement | null> {
  const app = useTranslations('common')('app')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = [title, place, app].filter(Boolean).join(' · ')
  }, [title, place, app])
  useEffect(() => {
    if (isFirstPage) isFirstPage = false
    else heading.current?.focus({ preventScroll: true })
  }, [])
  return heading
}
