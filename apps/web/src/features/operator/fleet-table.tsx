import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { globalTrpc } from '../../lib/trpc.ts'
import { Table, Td, Th } from '../../ui/table.tsx'
import { Panel } from './panel.tsx'

const LOOK_AGAIN_MS = 5_000
const FIGURES = ['share', 'held', 'wanted'] as const

/** Every process that borrows from the same server. One alone needs no table. */
export function FleetTable({ pid }: { pid: number }) {
  const t = useTranslations('operator.fleet')
  const format = useFormat()
  const { data } = useQuery({
    ...globalTrpc.operator.processes.queryOptions(),
    refetchInterval: LOOK_AGAIN_MS,
    retry: false,
    meta: { errors: 'inline' },
  })
  if (!data || data.items.length < 2) return null
  return (
    <Panel title={t('title')} hint={t('hint', { pid: String(pid) })}>
      <Table label={t('title')}>
        <thead>
          <tr>
            <Th className="px-4">{t('host')}</Th>
            <Th isNumeric>{t('pid')}</Th>
            {FIGURES.map((figure) => (
              <Th key={figure} isNumeric>
                {t(figure)}
              </Th>
            ))}
            <Th isNumeric>{t('heartbeatAt')}</Th>
          </tr>
        </thead>
        <tbody>
          {data.items.map((process) => (
            <tr key={`${process.host} ${process.pid}`}>
              <Td className="px-4 font-medium">
                <bdi>{process.host}</bdi>
              </Td>
              <Td isNumeric>{process.pid}</Td>
              {FIGURES.map((figure) => (
                <Td key={figure} isNumeric>
                  {format.number(process[figure])}
                </Td>
              ))}
              <Td isNumeric>{format.timeWithSeconds(process.heartbeatAt)}</Td>
            </tr>
          ))}
        </tbody>
      </Table>
    </Panel>
  )
}
