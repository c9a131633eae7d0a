import { type RefObject, useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'

let isFirstPage = true
let pageTitle = ''
let unread = ''

/**
 * Names the browser tab, and puts the focus on the page's heading when the page has been navigated to, so that
 * keyboard and screen reader start there. Not on the first page: the browser has just announced the document.
 */
export function usePage(title: string, place?: string): RefObject<HTMLHeadingElement | null> {
  const app = useTranslations('common')('app')
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    pageTitle = [title, place, app].filter(Boolean).join(' · ')
    showTitle()
  }, [title, place, app])
  useEffect(() => {
    if (isFirstPage) isFirstPage = false
    else heading.current?.focus({ preventScroll: true })
  }, [])
  return heading
}

/** How much waits, before the title and as a dot on the icon; empty: nothing. */
export function showUnread(count: string): void {
  unread = count
  showTitle()
  const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]')
  icon?.setAttribute('href', count === '' ? '/favicon.svg' : '/favicon-unread.svg')
}

function showTitle(): void {
  document.title = unread === '' ? pageTitle : `(${unread}) ${pageTitle}`
}
