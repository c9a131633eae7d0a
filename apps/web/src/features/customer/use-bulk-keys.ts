import type { RefObject } from 'react'
import { useTranslations } from 'use-intl'
import { useShortcuts } from '../../lib/keyboard.ts'

/** As among conversations. Tab alone would have to pass all rows of the list to reach the bar. */
export const BULK_KEYS = { tag: 'l', assign: 'a', archive: 'e', export: 'shift+e' } as const
export type BulkAct = keyof typeof BULK_KEYS

/** What the bar offers, by keys: they press its buttons, which bear them. */
export function useBulkKeys(
  bar: RefObject<HTMLElement | null>,
  acts: Partial<Record<BulkAct, string>>,
): void {
  const t = useTranslations('customer.shortcut')
  const group = t('group')
  const press = (keys: string) =>
    bar.current?.querySelector<HTMLElement>(`[aria-keyshortcuts="${ariaKeys(keys)}"]`)?.click()
  useShortcuts(
    Object.entries(acts).map(([act, label]) => {
      const keys = BULK_KEYS[act as BulkAct]
      const id = `customer.bulk.${act}`
      return { id, keys, label, group, isKeyOnly: true, isAbove: true, run: () => press(keys) }
    }),
  )
}

/** shift+e is written Shift+E. */
export function ariaKeys(keys: string): string {
  return keys.replaceAll(/(^|\+)[a-z]/g, (letter) => letter.toUpperCase())
}
