import type { Customer, DuplicateGroup } from '@sarai/api'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import UsersRound from 'lucide-react/icons/users-round'
import { useTranslations } from 'use-intl'
import { formatPhone } from '../../lib/format-phone.ts'
import { showToast } from '../../lib/toast.ts'
import { useTenantKey, useTrpc } from '../../lib/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button, buttonClass } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { useCustomerCache, useLiveCustomers } from './use-customer-cache.ts'

/** Groups of customers who may be one person, each with why, and the two ways to settle it. */
export function DuplicatesList() {
  const t = useTranslations('customer.duplicate')
  const trpc = useTrpc()
  useLiveCustomers()
  const list = useInfiniteQuery(
    trpc.duplicate.list.infiniteQueryOptions({}, { getNextPageParam: (page) => page.nextCursor }),
  )
  if (list.isError && !list.data) {
    const retry = () => void list.refetch()
    return <LoadFailure error={list.error} isRetrying={list.isFetching} onRetry={retry} />
  }
  const groups = list.data?.pages.flatMap((page) => page.items) ?? []
  const isEmpty = list.data && groups.length === 0 && !list.hasNextPage
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-4 p-4 md:p-6">
      <p className="text-sm text-text-muted">{t('text')}</p>
      {list.data ? null : <Skeleton className="h-64" />}
      {isEmpty ? <EmptyState icon={<UsersRound />} title={t('empty')} text={t('emptyText')} /> : null}
      <ul className="flex flex-col gap-3">
        {groups.map((group) => (
          <Group key={`${group.reasons[0]} ${group.key}`} group={group} />
        ))}
      </ul>
      {list.hasNextPage ? (
        <div>
          <Button isBusy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}

function Group({ group: { customers, reasons, membersCount } }: { group: DuplicateGroup }) {
  const t = useTranslations('customer.duplicate')
  const tenantKey = useTenantKey()
  const ids = customers.map(({ id }) => id)
  const apart = useTellApart(ids)
  const hidden = membersCount - customers.length
  const name = customers[0]?.name ?? ''
  return (
    <li
      aria-label={t('group', { count: membersCount, name })}
      className="flex flex-col gap-2 rounded-lg border border-line bg-surface p-3"
    >
      <p className="flex flex-wrap gap-1.5">
        {reasons.map((reason) => (
          <Badge key={reason} tone={reason === 'company' || reason === 'city' ? 'neutral' : 'warning'}>
            {t(`reasons.${reason}`)}
          </Badge>
        ))}
      </p>
      <ul className="divide-y divide-line">
        {customers.map((customer) => (
          <Member key={customer.id} customer={customer} />
        ))}
      </ul>
      {hidden > 0 ? <p className="text-sm text-text-muted">{t('membersMore', { count: hidden })}</p> : null}
      <div className="flex flex-wrap gap-2">
        <Link
          to="/$tenantKey/customers/merge"
          params={{ tenantKey }}
          search={{ ids }}
          className={buttonClass('primary', 'sm')}
        >
          {t('merge')}
        </Link>
        <Button size="sm" isBusy={apart.isPending} onClick={apart.tell}>
          {t('apart')}
        </Button>
      </div>
    </li>
  )
}

function Member({ customer }: { customer: Customer }) {
  const t = useTranslations('customer.card')
  const tenantKey = useTenantKey()
  const { name, phone, email, company, city, archivedAt } = customer
  const more = [company, city].filter((text) => text !== null)
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 py-1.5 text-sm">
      <Link
        to="/$tenantKey/customers/$customerId"
        params={{ tenantKey, customerId: customer.id }}
        className="font-medium hover:underline"
      >
        <bdi>{name}</bdi>
      </Link>
      {archivedAt === null ? null : <Badge>{t('archivedBadge')}</Badge>}
      {phone === null ? null : (
        <bdi dir="ltr" className="text-text-muted tabular">
          {formatPhone(phone)}
        </bdi>
      )}
      {email === null ? null : (
        <bdi dir="ltr" className="[overflow-wrap:anywhere] text-text-muted">
          {email}
        </bdi>
      )}
      {more.map((text) => (
        <bdi key={text} className="text-text-muted">
          {text}
        </bdi>
      ))}
    </li>
  )
}

/** Remembered at once, and taken back from the toast. */
function useTellApart(ids: string[]) {
  const t = useTranslations('customer.duplicate')
  const tc = useTranslations('common.action')
  const trpc = useTrpc()
  const { queryClient } = useCustomerCache()
  const askAgain = () => queryClient.invalidateQueries(trpc.duplicate.pathFilter())
  const forget = useMutation(trpc.duplicate.forgetApart.mutationOptions({ onSuccess: askAgain }))
  const tell = useMutation(
    trpc.duplicate.tellApart.mutationOptions({
      onSuccess: async ({ pairs }) => {
        const action = { label: tc('undo'), run: () => forget.mutate({ ids }) }
        showToast({ id: 'customer.apart', title: t('toldApart', { count: pairs }), action })
        await askAgain()
      },
    }),
  )
  return {
    isPending: tell.isPending,
    tell: () => {
      if (!tell.isPending) tell.mutate({ ids })
    },
  }
}
