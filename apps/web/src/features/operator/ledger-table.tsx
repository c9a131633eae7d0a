import ArrowDown from 'lucide-react/icons/arrow-down'
import ArrowUp from 'lucide-react/icons/arrow-up'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { Table, Td, Th } from '../../ui/table.tsx'
import type { ConnectionsReport, LedgerRow } from './connections-report.ts'
import { Nothing, Panel } from './panel.tsx'
import { LEDGER_COLUMNS, type LedgerColumn, type LedgerSort, nextSort, sortLedger } from './sort-ledger.ts'
import { useConnectionWords } from './use-connection-words.ts'

const SECOND_MS = 1_000
const ROW_NAME = 'px-4 text-sm! font-medium text-text! [tr:last-child>&]:border-b-0'

/** What each tenant has cost since the process began. */
export function LedgerTable({ report }: { report: ConnectionsReport }) {
  const t = useTranslations('operator')
  const format = useFormat()
  const { name } = useConnectionWords()
  const [sort, setSort] = useState<LedgerSort>({ column: 'connectionSeconds', isDescending: true })
  const { tenants, rest } = report.ledger
  const heading = (column: LedgerSort['column']) => (
    <SortableTh key={column} column={column} sort={sort} onSort={() => setSort(nextSort(sort, column))} />
  )
  return (
    <Panel title={t('ledger')} hint={t('ledgerHint', { since: format.dateTime(report.process.startedAt) })}>
      {tenants.length === 0 ? (
        <Nothing>{t('idleText')}</Nothing>
      ) : (
        <Table label={t('ledger')}>
          <thead>
            <tr>
              {heading('tenant')}
              {LEDGER_COLUMNS.map(heading)}
            </tr>
          </thead>
          <tbody>
            {sortLedger(tenants, sort).map((row) => (
              <tr key={row.tenant}>
                <Th scope="row" className={ROW_NAME}>
                  <bdi>{name(row.tenant)}</bdi>
                </Th>
                <Figures row={row} />
              </tr>
            ))}
            {rest.leases + rest.waits > 0 ? (
              <tr>
                <Th scope="row" className={ROW_NAME}>
                  {t('allOthers')}
                </Th>
                <Figures row={rest} />
              </tr>
            ) : null}
          </tbody>
        </Table>
      )}
    </Panel>
  )
}

function Figures({ row }: { row: Omit<LedgerRow, 'tenant'> }) {
  const format = useFormat()
  const { time } = useConnectionWords()
  const shown: Record<LedgerColumn, string> = {
    connectionSeconds: time(row.connectionSeconds * SECOND_MS),
    leases: format.number(row.leases),
    waits: format.number(row.waits),
    waitSeconds: time(row.waitSeconds * SECOND_MS),
    longestWaitMs: time(row.longestWaitMs),
    refused: format.number(row.refused),
  }
  return LEDGER_COLUMNS.map((column) => (
    <Td key={column} isNumeric className="whitespace-nowrap">
      {shown[column]}
    </Td>
  ))
}

interface SortableThProps {
  column: LedgerSort['column']
  sort: LedgerSort
  onSort: () => void
}

function SortableTh({ column, sort, onSort }: SortableThProps) {
  const t = useTranslations('operator')
  const isSorted = sort.column === column
  const Arrow = sort.isDescending ? ArrowDown : ArrowUp
  const isNumeric = column !== 'tenant'
  // Before the words of a figure, so that they end where the figures do.
  const arrow = <Arrow aria-hidden className={isSorted ? 'size-3.5' : 'size-3.5 opacity-0'} />
  return (
    <Th
      isNumeric={isNumeric}
      aria-sort={isSorted ? (sort.isDescending ? 'descending' : 'ascending') : 'none'}
      className={isNumeric ? 'px-1' : 'px-2'}
    >
      <button
        type="button"
        onClick={onSort}
        className="inline-flex h-7 items-center gap-1 rounded-sm px-2 hover:bg-hover hover:text-text pointer-coarse:h-10"
      >
        {isNumeric ? arrow : null}
        {t(`column.${column}`)}
        {isNumeric ? null : arrow}
      </button>
    </Th>
  )
}
