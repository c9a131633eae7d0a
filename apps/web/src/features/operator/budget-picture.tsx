import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { Badge } from '../../ui/badge.tsx'
import { cx } from '../../ui/cx.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import { CELL_STATES, type CellGroup, type CellState, countCells, layOutCells } from './budget-cells.ts'
import { BudgetTable } from './budget-table.tsx'
import type { ConnectionsReport } from './connections-report.ts'
import { Panel } from './panel.tsx'
import { useConnectionWords } from './use-connection-words.ts'

/** Told apart by fill, edge and mark as well as by hue. */
const CELLS: Record<CellState, { className: string; mark: string }> = {
  leased: { className: 'border-chart-1 bg-chart-1', mark: '' },
  opening: { className: 'border-dashed border-chart-3 text-chart-3', mark: '+' },
  turning: { className: 'border-chart-3 text-chart-3', mark: '⇄' },
  idle: { className: 'border-chart-2 text-chart-2', mark: '–' },
  closing: { className: 'border-text-faint text-text-faint', mark: '×' },
  free: { className: 'border-dashed border-line-control', mark: '' },
  reserved: { className: 'border-line-control bg-sunken text-text-faint', mark: '!' },
}
/** From here on cells are small. */
const MANY_CELLS = 64

/** Every connection that this process may hold, and whose it is. */
export function BudgetPicture({ report }: { report: ConnectionsReport }) {
  const t = useTranslations('operator')
  const format = useFormat()
  const groups = layOutCells(report)
  const counts = countCells(groups)
  const { inUse, limit, max } = report.pool.budget
  const isSmall = limit > MANY_CELLS
  return (
    <Panel
      title={t('budget')}
      hint={t(limit < max ? 'budgetShrunk' : 'budgetUse', {
        inUse: format.number(inUse),
        limit: format.number(limit),
        max: format.number(max),
      })}
    >
      <div className="rounded-lg border border-line bg-surface p-4">
        <ul aria-label={t('budget')} className="flex flex-wrap gap-x-6 gap-y-4">
          {groups.map((group) => (
            <Group key={group.tenant ?? ''} group={group} isSmall={isSmall} />
          ))}
        </ul>
        <ul className="mt-5 flex flex-wrap gap-x-5 gap-y-2 border-t border-line pt-3 text-xs text-text-muted">
          {CELL_STATES.map((state) => (
            <li key={state} className="flex items-center gap-1.5">
              <Cell state={state} isSmall />
              {t(`part.${state}`)}
              <span className="font-medium text-text tabular">{format.number(counts[state])}</span>
            </li>
          ))}
        </ul>
        <Disclosure label={t('asTable')}>
          <BudgetTable report={report} />
        </Disclosure>
      </div>
    </Panel>
  )
}

function Group({ group, isSmall }: { group: CellGroup; isSmall: boolean }) {
  const t = useTranslations('operator')
  const { name } = useConnectionWords()
  const counts = countCells([group])
  const said = CELL_STATES.filter((state) => counts[state] > 0)
    .map((state) => `${t(`part.${state}`)}: ${counts[state]}`)
    .join(', ')
  return (
    <li>
      <p className="mb-1.5 flex items-center gap-2 text-xs font-medium">
        <bdi className="max-w-48 truncate">{group.tenant === null ? t('nobodys') : name(group.tenant)}</bdi>
        <span className="sr-only">{said}</span>
        {group.waiting > 0 ? (
          <Badge tone="warning">{t('waitingHere', { count: group.waiting })}</Badge>
        ) : null}
      </p>
      <div aria-hidden className={cx('flex max-w-80 flex-wrap', isSmall ? 'gap-1' : 'gap-1.5')}>
        {group.cells.map((state, index) => (
          <Cell key={`${state}-${index}`} state={state} isSmall={isSmall} />
        ))}
      </div>
    </li>
  )
}

function Cell({ state, isSmall }: { state: CellState; isSmall: boolean }) {
  const { className, mark } = CELLS[state]
  return (
    <span
      aria-hidden
      className={cx(
        'inline-flex shrink-0 items-center justify-center border leading-none font-semibold transition-colors',
        isSmall ? 'size-4 rounded-sm text-xs' : 'size-7 rounded-md text-base',
        className,
      )}
    >
      {mark}
    </span>
  )
}
