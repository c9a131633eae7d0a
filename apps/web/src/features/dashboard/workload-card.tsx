import { keepPreviousData, useQuery } from '@tanstack/react-query'
import UsersRound from 'lucide-react/icons/users-round'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { APART, useTrpc } from '../../lib/trpc.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Card } from './card.tsx'
import { Change } from './change.tsx'
import type { DashboardRange } from './dashboard-range.ts'
import { ConversationsLink, OpenOfLink } from './list-link.tsx'

interface Workload {
  userId: string
  name: string
  open: number
  resolved: number
  resolvedBefore: number
}

/** Who carries how much: a table with a bar in each cell. */
export function WorkloadCard({ range }: { range: DashboardRange }) {
  const t = useTranslations('dashboard.workload')
  const trpc = useTrpc()
  const query = useQuery({
    ...trpc.dashboard.workload.queryOptions(range, APART),
    placeholderData: keepPreviousData,
  })
  return (
    <Card title={t('title')} query={query} skeleton={<Skeleton className="h-48" />}>
      {({ items, range: period }) =>
        items.length === 0 ? (
          <EmptyState icon={<UsersRound />} title={t('empty')} text={t('emptyText')} />
        ) : (
          <WorkloadTable items={items} period={period} />
        )
      }
    </Card>
  )
}

function WorkloadTable({ items, period }: { items: Workload[]; period: { from: string; to: string } }) {
  const t = useTranslations('dashboard.workload')
  const format = useFormat()
  const openMax = Math.max(1, ...items.map(({ open }) => open))
  const resolvedMax = Math.max(1, ...items.map(({ resolved }) => resolved))
  return (
    <table className="w-full text-sm">
      <thead>
        <tr className="text-xs text-text-muted">
          <th scope="col" className="pb-1 text-start font-medium">
            {t('agent')}
          </th>
          <th scope="col" className="w-1/3 pb-1 ps-4 text-start font-medium">
            {t('open')}
          </th>
          <th scope="col" className="w-1/3 pb-1 ps-4 text-start font-medium">
            {t('resolved')}
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map(({ userId, name, open, resolved, resolvedBefore }) => (
          <tr key={userId}>
            <th scope="row" className="h-10 max-w-0 py-1 text-start font-normal">
              <span className="flex items-center gap-2">
                <Avatar name={name} />
                <span dir="auto" className="min-w-0 truncate match-parent">
                  {name}
                </span>
              </span>
            </th>
            <BarCell value={open} max={openMax} barClass="bg-chart-1">
              <OpenOfLink assignee={userId}>{format.number(open)}</OpenOfLink>
            </BarCell>
            <BarCell
              value={resolved}
              max={resolvedMax}
              barClass="bg-chart-2"
              after={<Change now={resolved} before={resolvedBefore} />}
            >
              <ConversationsLink behind={{ moment: 'resolved', period, assignee: userId }}>
                {format.number(resolved)}
              </ConversationsLink>
            </BarCell>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

interface BarCellProps {
  value: number
  max: number
  barClass: string
  after?: ReactNode
  /** The number, which opens what it counts. */
  children: ReactNode
}

function BarCell({ value, max, barClass, after, children }: BarCellProps) {
  return (
    <td className="ps-4">
      <span className="flex items-center gap-2">
        <span className="w-8 shrink-0 text-end tabular">{children}</span>
        <span aria-hidden className="h-2 flex-1 overflow-hidden rounded-full bg-sunken">
          <span
            className={`block h-full rounded-full ${barClass}`}
            style={{ width: `${(value / max) * 100}%` }}
          />
        </span>
        {after ? <span className="hidden w-14 shrink-0 sm:block">{after}</span> : null}
      </span>
    </td>
  )
}
