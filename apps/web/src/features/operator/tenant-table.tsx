import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Building2 from 'lucide-react/icons/building-2'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { globalTrpc, type Trpc } from '../../lib/trpc.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Table, Td, Th } from '../../ui/table.tsx'
import { TenantActions } from './tenant-actions.tsx'

export type ListedTenant = Trpc['operator']['tenant']['list']['~types']['output']['items'][number]

const TONES: Record<ListedTenant['status'], Tone> = {
  active: 'success',
  provisioning: 'accent',
  migrating: 'accent',
  suspended: 'warning',
  archived: 'neutral',
}

export type TenantFilter = ListedTenant['status'] | 'all'

export function TenantTable({ search, filter }: { search: string; filter: TenantFilter }) {
  const t = useTranslations('operator')
  const query = useInfiniteQuery({
    ...globalTrpc.operator.tenant.list.infiniteQueryOptions(
      { ...(search && { search }), ...(filter !== 'all' && { status: filter }) },
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
  const isFiltered = search !== '' || filter !== 'all'
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
        <thead>
          <tr>
            <Th className="px-4">{t('tenant')}</Th>
            <Th>{t('status')}</Th>
            <Th isNumeric>{t('members')}</Th>
            <Th isNumeric className="hidden md:table-cell">
              {t('schemaVersion')}
            </Th>
            <Th className="hidden md:table-cell">{t('created')}</Th>
            <Th>
              <span className="sr-only">{t('actions')}</span>
            </Th>
          </tr>
        </thead>
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

function TenantRow({ tenant }: { tenant: ListedTenant }) {
  const status = useTranslations('auth.status')
  const format = useFormat()
  return (
    <tr>
      <Td className="py-2 ps-4">
        <span dir="auto" className="block max-w-60 truncate font-medium match-parent">
          {tenant.status === 'provisioning' ? (
            <Link to="/operator/tenants/new" search={{ key: tenant.tenantKey }} className="underline">
              {tenant.name}
            </Link>
          ) : (
            tenant.name
          )}
        </span>
        <span dir="ltr" className="block font-mono text-xs text-text-muted match-parent">
          {tenant.tenantKey}
        </span>
      </Td>
      <Td>
        <Badge tone={TONES[tenant.status]}>{status(tenant.status)}</Badge>
        <EndOfGrace tenant={tenant} />
      </Td>
      <Td isNumeric>{format.number(tenant.memberCount)}</Td>
      <Td isNumeric className="hidden md:table-cell">
        {format.number(tenant.schemaVersion)}
      </Td>
      <Td className="hidden whitespace-nowrap text-text-muted md:table-cell">
        {format.day(tenant.createdAt)}
      </Td>
      <Td isNumeric className="w-0 pe-3">
        <TenantActions tenant={tenant} />
      </Td>
    </tr>
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
