import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { Table, Td, Th } from '../../ui/table.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import { MetricLink } from './list-link.tsx'
import { METRICS, type Trend } from './trend-metrics.ts'

/** The numbers behind the chart, for whoever reads rather than looks. */
export function TrendTable({ trend }: { trend: Trend }) {
  const t = useTranslations('dashboard.trend')
  const common = useTranslations('dashboard')
  const format = useFormat()
  return (
    <Disclosure label={common('asTable')}>
      <div className="max-h-80 overflow-y-auto">
        <Table label={t('title')}>
          <thead>
            <tr>
              <Th>{t('day')}</Th>
              {METRICS.map((metric) => (
                <Th key={metric} isNumeric>
                  {t(metric)}
                </Th>
              ))}
            </tr>
          </thead>
          <tbody>
            {trend.days.toReversed().map((day) => (
              <tr key={day.date}>
                <Th scope="row" className="font-normal">
                  {format.date(day.date, { weekday: 'short' })}
                </Th>
                {METRICS.map((metric) => (
                  <Td key={metric} isNumeric>
                    <MetricLink metric={metric} period={day}>
                      {format.number(day[metric])}
                    </MetricLink>
                  </Td>
                ))}
              </tr>
            ))}
          </tbody>
        </Table>
      </div>
    </Disclosure>
  )
}
