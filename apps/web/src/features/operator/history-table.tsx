import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Table, Td, Th } from '../../ui/table.tsx'
import type { Moment } from './history-moments.ts'
import { useConnectionWords } from './use-connection-words.ts'

/** The numbers behind the chart, newest first, for whoever reads rather than looks. */
export function HistoryTable({ moments }: { moments: readonly Moment[] }) {
  const t = useTranslations('operator')
  const format = useFormat()
  const { time } = useConnectionWords()
  const tenths = (value: number) => format.number(Math.round(value * 10) / 10)
  return (
    <Disclosure label={t('asTable')}>
      <div className="max-h-80 overflow-y-auto">
        <Table label={t('history')}>
          <thead>
            <tr>
              <Th className="px-4">{t('time')}</Th>
              <Th isNumeric>{t('part.leased')}</Th>
              <Th isNumeric>{t('part.idle')}</Th>
              <Th isNumeric>{t('waiting')}</Th>
              <Th isNumeric>{t('column.refused')}</Th>
              <Th isNumeric>{t('waitP50')}</Th>
              <Th isNumeric>{t('waitP99')}</Th>
            </tr>
          </thead>
          <tbody>
            {moments
              .filter(({ isKnown }) => isKnown)
              .toReversed()
              .map((moment) => (
                <tr key={moment.at}>
                  <Th scope="row" className="px-4 font-normal tabular [tr:last-child>&]:border-b-0">
                    {format.timeWithSeconds(new Date(moment.at).toISOString())}
                  </Th>
                  <Td isNumeric>{tenths(moment.states.leased)}</Td>
                  <Td isNumeric>{tenths(moment.states.idle)}</Td>
                  <Td isNumeric>{format.number(moment.waiting)}</Td>
                  <Td isNumeric>{format.number(moment.refused)}</Td>
                  <Td isNumeric>{time(moment.waits.p50Ms)}</Td>
                  <Td isNumeric>{time(moment.waits.p99Ms)}</Td>
                </tr>
              ))}
          </tbody>
        </Table>
      </div>
    </Disclosure>
  )
}
