import { useTranslations } from 'use-intl'
import { Badge } from '../../ui/badge.tsx'
import { cx } from '../../ui/cx.ts'
import { Table, Td, Th } from '../../ui/table.tsx'
import type { ConnectionsReport } from './connections-report.ts'
import { Nothing, Panel } from './panel.tsx'
import { useConnectionWords } from './use-connection-words.ts'

/** Longer than any page should take. */
const LONG_MS = 3_000

/** Who holds a connection at this moment, longest first. */
export function HoldersTable({ report }: { report: ConnectionsReport }) {
  const t = useTranslations('operator')
  const { name, time } = useConnectionWords()
  const { leases } = report.pool
  return (
    <Panel title={t('holders')} hint={t('holdersHint')}>
      {leases.length === 0 ? (
        <Nothing>{t('noHolders')}</Nothing>
      ) : (
        <Table label={t('holders')}>
          <thead>
            <tr>
              <Th className="px-4">{t('tenant')}</Th>
              <Th>{t('procedure')}</Th>
              <Th isNumeric>{t('heldFor')}</Th>
              <Th>{t('doing')}</Th>
            </tr>
          </thead>
          <tbody>
            {leases.map((lease, index) => (
              <tr key={`${lease.tenant} ${lease.label} ${index}`}>
                <Td className="px-4 font-medium whitespace-nowrap">
                  <bdi>{name(lease.tenant)}</bdi>
                </Td>
                <Td className="font-mono text-xs">
                  <bdi>{lease.label}</bdi>
                </Td>
                <Td
                  isNumeric
                  className={cx(
                    'whitespace-nowrap',
                    lease.heldMs > LONG_MS && 'font-semibold text-warning-text',
                  )}
                >
                  {time(lease.heldMs)}
                </Td>
                <Td className="whitespace-nowrap">
                  {lease.isInTransaction ? <Badge tone="accent">{t('inTransaction')}</Badge> : null}{' '}
                  {lease.class === 'interactive' ? null : <Badge>{t(`class.${lease.class}`)}</Badge>}
                </Td>
              </tr>
            ))}
          </tbody>
        </Table>
      )}
    </Panel>
  )
}
