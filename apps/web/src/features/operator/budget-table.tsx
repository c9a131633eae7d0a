import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { Table, Td, Th } from '../../ui/table.tsx'
import type { ConnectionsReport } from './connections-report.ts'
import { useConnectionWords } from './use-connection-words.ts'

const STATES = ['leased', 'opening', 'turning', 'idle', 'closing'] as const

/** The picture of the budget, in figures. */
export function BudgetTable({ report }: { report: ConnectionsReport }) {
  const t = useTranslations('operator')
  const format = useFormat()
  const { name, time } = useConnectionWords()
  return (
    <Table label={t('byTenant')}>
      <thead>
        <tr>
          <Th className="px-4">{t('tenant')}</Th>
          {STATES.map((state) => (
            <Th key={state} isNumeric>
              {t(`part.${state}`)}
            </Th>
          ))}
          <Th isNumeric>{t('waiting')}</Th>
          <Th isNumeric>{t('longestWait')}</Th>
        </tr>
      </thead>
      <tbody>
        {report.pool.tenants.map((tenant) => (
          <tr key={tenant.accountId}>
            <Th scope="row" className="px-4 text-sm! font-medium text-text! [tr:last-child>&]:border-b-0">
              <bdi>{name(tenant.tenant)}</bdi>
            </Th>
            {STATES.map((state) => (
              <Td key={state} isNumeric>
                {format.number(tenant[state])}
              </Td>
            ))}
            <Td isNumeric>{format.number(tenant.waiting)}</Td>
            <Td isNumeric>{tenant.waiting > 0 ? time(tenant.longestWaitMs) : '–'}</Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
