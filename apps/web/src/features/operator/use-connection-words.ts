import { useLocale, useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import type { WhyWaiting } from './connections-report.ts'

const SECOND_MS = 1_000
const TENTHS_BELOW_MS = 10_000
/** What the connection layer calls those who are no tenants. */
const OWN_NAMES = { 'control plane': 'controlPlane', '(permit)': 'permit' } as const

function isOwnName(tenant: string): tenant is keyof typeof OWN_NAMES {
  return tenant in OWN_NAMES
}

/** The words that every part of the page needs: names, short times, and why somebody waits. */
export function useConnectionWords() {
  const t = useTranslations('operator')
  const locale = useLocale()
  const format = useFormat()

  const name = (tenant: string) => (isOwnName(tenant) ? t(`ownName.${OWN_NAMES[tenant]}`) : tenant)

  function time(ms: number): string {
    if (ms < SECOND_MS) return t('milliseconds', { ms: Math.round(ms) })
    if (ms < TENTHS_BELOW_MS) return t('seconds', { seconds: Math.round(ms / 100) / 10 })
    return format.duration(ms)
  }

  function why(tenant: string, { because, own, others }: WhyWaiting): string {
    const list = new Intl.ListFormat(locale, { type: 'conjunction' })
    const names = others.map((other) =>
      t('why.holder', { tenant: name(other.tenant), connections: other.connections }),
    )
    const values = { tenant: name(tenant), own, others: list.format(names) }
    return t(`why.${because}`, values)
  }

  return { name, time, why }
}
