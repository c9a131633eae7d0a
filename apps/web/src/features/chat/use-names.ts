import { useLocale } from 'use-intl'
import type { Other } from './use-others.ts'

/** All of them in a row, as the language does it. */
export function useNames(others: readonly Other[]): string {
  const locale = useLocale()
  return new Intl.ListFormat(locale, { type: 'conjunction' }).format(others.map(({ name }) => name))
}
