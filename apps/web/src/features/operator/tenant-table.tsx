import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Building2 from 'lucide-react/icons/building-2'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { globalTrpc, type Trpc } from '../../lib/trpc.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Table, Td, Th } from '../../ui/table.tsx'
import type { TenantSort } from './sort-tenants.ts'
import { SortableTenantTh } from './sortable-tenant-th.tsx'
import { TenantActions } from './tenant-actions.tsx'
import { useConnectionWords } from './use-connection-words.ts'

export type ListedTenant = Trpc['operator']['tenant']['list']['~types']['output']['items'][number]

const TONES: Record<ListedTenant['status'], Tone> = {
  active: 'success',
  provisioning: 'accent',
  migrating: 'accent',
  suspended: 'warning',
  archived: 'neutral',
}

const SECOND_MS = 1_000

export type TenantFilter = ListedTenant['status'] | 'all'

interface TenantTableProps {
  search: string
  filter: TenantFilter
  /** Those alone whose schema is older than the newest one. */
  isBehind: boolean
  sort: TenantSort
  onSort: (sort: TenantSort) => void
}

/** Every tenant of the installation, by whatever its operator looks for. */
export function TenantTable({ search, filter, isBehind, sort, onSort }: TenantTableProps) {
  const t = useTranslations('operator')
  const query = useInfiniteQuery({
    ...globalTrpc.operator.tenant.list.infiniteQueryOptions(
      {
        sort,
        ...(search && { search }),
        ...(filter !== 'all' && { status: filter }),
        ...(isBehind && { isBehind }),
      },
      { getNextPageParam: (page) => page.nextCursor },
    ),
    placeholderData: keepPreviousData,
  })
  if (query.isPending) return <Skeleton className="h-96" />
  if (query.isError && !query.data) {
    return (
      <LoadFailure error={query.error} isRetrying={query.isFetching} onRetry={() => void query.refetch()} />
    )
  }
  const tenants = query.data.pages.flatMap(({ items }) => items)
  const isFiltered = search !== '' || filter !== 'all' || isBehind
  if (tenants.length === 0) {
    return (
      <EmptyState
        icon={<Building2 />}
        title={t(isFiltered ? 'noneFound' : 'none')}
        text={t(isFiltered ? 'noneFoundText' : 'noneText')}
      />
    )
  }
  return (
    <>
      <Table label={t('tenants')}>
        <Headings sort={sort} onSort={onSort} />
        <tbody>
          {tenants.map((tenant) => (
            <TenantRow key={tenant.tenantKey} tenant={tenant} />
          ))}
        </tbody>
      </Table>
      {query.hasNextPage ? (
        <Button className="mt-3" isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {t('more')}
        </Button>
      ) : null}
    </>
  )
}

const FIGURES = ['size', 'activity', 'written', 'load', 'schema', 'created'] as const
/** A telephone has room for who it is, its state and what can be done; the tenant's own page has the figures. */
const WIDE_ONLY = 'max-md:hidden'

function Headings({ sort, onSort }: Pick<TenantTableProps, 'sort' | 'onSort'>) {
  const t = useTranslations('operator')
  return (
    <thead>
      <tr>
        <SortableTenantTh column="key" sort={sort} onSort={onSort} />
        <Th>{t('status')}</Th>
        <Th isNumeric className={WIDE_ONLY}>
          {t('members')}
        </Th>
        {FIGURES.map((column) => (
          <SortableTenantTh key={column} column={column} sort={sort} onSort={onSort} className={WIDE_ONLY} />
        ))}
        <Th>
          <span className="sr-only">{t('actions')}</span>
        </Th>
      </tr>
    </thead>
  )
}

function TenantRow({ tenant }: { tenant: ListedTenant }) {
  const format = useFormat()
  return (
    <tr>
      <Td className="py-2 ps-4">
        <TenantName tenant={tenant} />
        <span dir="ltr" className="block font-mono text-xs text-text-muted match-parent">
          {tenant.tenantKey}
        </span>
      </Td>
      <Td>
        <TenantStatus tenant={tenant} />
      </Td>
      <Td isNumeric className={WIDE_ONLY}>
        {format.number(tenant.memberCount)}
      </Td>
      <Figures tenant={tenant} />
      <Td isNumeric className="w-0 pe-3">
        <TenantActions tenant={tenant} />
      </Td>
    </tr>
  )
}

/** Where it is looked at: half-made, its steps; else its own page. */
function TenantName({ tenant: { tenantKey, name, status } }: { tenant: ListedTenant }) {
  const link = 'rounded-sm underline decoration-line-strong underline-offset-2 hover:decoration-current'
  return (
    <span dir="auto" className="block max-w-60 truncate font-medium match-parent">
      {status === 'provisioning' ? (
        <Link to="/operator/tenants/new" search={{ key: tenantKey }} className={link}>
          {name}
        </Link>
      ) : (
        <Link to="/operator/tenants/$key" params={{ key: tenantKey }} className={link}>
          {name}
        </Link>
      )}
    </span>
  )
}

function Figures({ tenant: { figures, load, schemaVersion, createdAt } }: { tenant: ListedTenant }) {
  const format = useFormat()
  const { time } = useConnectionWords()
  const none = '–'
  const shown = [
    figures ? format.bytes(figures.sizeBytes) : none,
    figures ? format.number(figures.changesLastDay) : none,
    figures?.writtenAt ? format.ago(figures.writtenAt) : none,
    load ? time(load.connectionSeconds * SECOND_MS) : none,
    format.number(schemaVersion),
    format.day(createdAt),
  ]
  return shown.map((text, at) => (
    // Each column has its place.
    <Td key={FIGURES[at]} isNumeric className={cx('whitespace-nowrap text-text-muted', WIDE_ONLY)}>
      {text}
    </Td>
  ))
}

/** Its state, and what follows from it by itself. */
export function TenantStatus({ tenant }: { tenant: ListedTenant }) {
  const status = useTranslations('auth.status')
  return (
    <>
      <Badge tone={TONES[tenant.status]}>{status(tenant.status)}</Badge>
      <EndOfGrace tenant={tenant} />
    </>
  )
}

function EndOfGrace({ tenant: { deletedAfter, isBeingDeleted } }: { tenant: ListedTenant }) {
  const t = useTranslations('operator')
  const format = useFormat()
  if (deletedAfter === null) return null
  return (
    <span className="mt-0.5 block text-xs text-text-muted">
      {isBeingDeleted ? t('beingDeleted') : t('deletedAfter', { day: format.day(deletedAfter) })}
    </span>
  )
}
