import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { APART, useTrpc } from '../../lib/trpc.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { TextField } from '../../ui/text-field.tsx'
import {
  addDays,
  CUSTOM_DATE_MIN,
  CUSTOM_DAYS_MAX,
  type DashboardRange,
  type DashboardUrl,
  dateIn,
  isRange,
  RANGE_DAYS,
  RANGE_DAYS_DEFAULT,
  toRange,
} from './dashboard-range.ts'

interface RangeBarProps {
  url: DashboardUrl
  onChange: (url: DashboardUrl) => void
}

/** Which days the cards below are about. */
export function RangeBar({ url, onChange }: RangeBarProps) {
  const t = useTranslations('dashboard')
  const trpc = useTrpc()
  const { data: profile } = useQuery(trpc.tenant.profile.queryOptions())
  const range = toRange(url)
  const today = dateIn(profile?.timeZone)
  function choose(value: number): void {
    if (value === 0) onChange({ from: addDays(today, 1 - RANGE_DAYS_DEFAULT), to: today })
    else onChange(value === 7 || value === 90 ? { days: value } : {})
  }
  return (
    <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
      <Segmented
        label={t('range')}
        options={[
          ...RANGE_DAYS.map((value) => ({ value: value as number, label: t('days', { days: value }) })),
          { value: 0, label: t('custom') },
        ]}
        value={'days' in range ? range.days : 0}
        onChange={choose}
      />
      {'from' in range ? (
        <CustomDates key={`${range.from} ${range.to}`} range={range} today={today} onChange={onChange} />
      ) : null}
      <RangeNote range={range} />
    </div>
  )
}

interface CustomDatesProps {
  range: { from: string; to: string }
  today: string
  onChange: RangeBarProps['onChange']
}

/** Counted as soon as both dates make a range; until then it says what is missing. */
function CustomDates({ range, today, onChange }: CustomDatesProps) {
  const t = useTranslations('dashboard')
  const [dates, setDates] = useState(range)
  const isFine = isRange(dates.from, dates.to)
  const field = (name: 'from' | 'to') => (
    <TextField
      type="date"
      label={t(name)}
      isLabelHidden
      className="w-38"
      min={CUSTOM_DATE_MIN}
      max={today}
      value={dates[name]}
      aria-invalid={!isFine}
      onChange={(event) => {
        const next = { ...dates, [name]: event.target.value }
        setDates(next)
        if (isRange(next.from, next.to)) onChange(next)
      }}
    />
  )
  return (
    <fieldset className="flex flex-wrap items-center gap-2">
      <legend className="sr-only">{t('custom')}</legend>
      {field('from')}
      <span aria-hidden className="text-text-muted">
        –
      </span>
      {field('to')}
      <p role="status" className="w-full text-sm text-danger-text empty:hidden">
        {isFine ? '' : t('wrongDates', { days: CUSTOM_DAYS_MAX })}
      </p>
    </fieldset>
  )
}

/** What is counted and by whose clock, in words. The answer of the chart's card is asked for once. */
function RangeNote({ range }: { range: DashboardRange }) {
  const t = useTranslations('dashboard')
  const format = useFormat()
  const trpc = useTrpc()
  const { data } = useQuery(trpc.dashboard.trend.queryOptions(range, APART))
  if (!data) return null
  const { timeZone, before } = data.range
  return (
    <p className="min-w-0 self-center text-xs text-text-muted">
      {t('note', {
        days: format.period(data.range, timeZone),
        before: format.period(before, timeZone),
        zone: timeZone.replaceAll('_', ' '),
      })}
    </p>
  )
}
