import { keepPreviousData, useQuery } from '@tanstack/react-query'
import UsersRound from 'lucide-react/icons/users-round'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { APART, useTrpc } from '../../lib/trpc.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Card } from './card.tsx'

interface Workload {
  userId: string
  name: string
  open: number
  resolved: number
}

/** Who carries how much: a table with a bar in each cell. */
export function WorkloadCard({ days }: { days: number }) {
  const t = useTranslations('dashboard.workload')
  const trpc = useTrpc()
  const query = useQuery({
    ...trpc.dashboard.workload.queryOptions({ days }, APART),
    placeholderData: keepPreviousData,
  })
  return (
    <Card title={t('title')} query={query} skeleton={<Skeleton className="h-48" />}>
      {({ items }) =>
        items.length === 0 ? (
          <EmptyState icon={<UsersRound />} title={t('empty')} text={t('emptyText')} />
        ) : (
          <WorkloadTable items={items} />
        )
      }
    </Card>
  )
}

function WorkloadTable({ items }: { items: Workload[] }) {
  const t = useTranslations('dashboard.workload')
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
        {items.map(({ userId, name, open, resolved }) => (
          <tr key={userId}>
            <th scope="row" className="h-10 max-w-0 py-1 text-start font-normal">
              <span className="flex items-center gap-2">
                <Avatar name={name} />
                <span dir="auto" className="min-w-0 truncate match-parent">
                  {name}
                </span>
              </span>
            </th>
            <BarCell value={open} max={openMax} barClass="bg-chart-1" />
            <BarCell value={resolved} max={resolvedMax} barClass="bg-chart-2" />
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function BarCell({ value, max, barClass }: { value: number; max: number; barClass: string }) {
  const format = useFormat()
  return (
    <td className="ps-4">
      <span className="flex items-center gap-2">
        <span className="w-8 shrink-0 text-end tabular">{format.number(value)}</span>
        <span aria-hidden className="h-2 flex-1 overflow-hidden rounded-full bg-sunken">
          <span
            className={`block h-full rounded-full ${barClass}`}
            style={{ width: `${(value / max) * 100}%` }}
          />
        </span>
      </span>
    </td>
  )
}
