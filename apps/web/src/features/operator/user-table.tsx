import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import UsersRound from 'lucide-react/icons/users-round'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { globalTrpc, type Trpc } from '../../lib/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Table, Td, Th } from '../../ui/table.tsx'
import { UserActions } from './user-actions.tsx'

export type ListedUser = Trpc['operator']['user']['list']['~types']['output']['items'][number]

interface UserTableProps {
  search: string
  operatorsAlone: boolean
}

/** Everybody who signs in to this installation: operators and members of every tenant. */
export function UserTable({ search, operatorsAlone }: UserTableProps) {
  const t = useTranslations('operator.user')
  const more = useTranslations('operator')
  const query = useInfiniteQuery({
    ...globalTrpc.operator.user.list.infiniteQueryOptions(
      { ...(search && { search }), ...(operatorsAlone && { operatorsAlone }) },
      { getNextPageParam: (page) => page.nextCursor, staleTime: 0 },
    ),
    placeholderData: keepPreviousData,
  })
  if (query.isPending) return <Skeleton className="h-96" />
  if (query.isError && !query.data) {
    const retry = () => void query.refetch()
    return <LoadFailure error={query.error} isRetrying={query.isFetching} onRetry={retry} />
  }
  const users = query.data.pages.flatMap(({ items }) => items)
  if (users.length === 0)
    return <EmptyState icon={<UsersRound />} title={t('noPerson')} text={t('noPersonText')} />
  return (
    <>
      <Table label={t('people')}>
        <thead>
          <tr>
            <Th className="px-4">{t('person')}</Th>
            <Th isNumeric className="hidden md:table-cell">
              {t('workspaces')}
            </Th>
            <Th className="hidden sm:table-cell">{t('sessions')}</Th>
            <Th className="hidden md:table-cell">{t('secondStep')}</Th>
            <Th className="hidden lg:table-cell">{more('created')}</Th>
            <Th>
              <span className="sr-only">{more('actions')}</span>
            </Th>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <UserRow key={user.userId} user={user} />
          ))}
        </tbody>
      </Table>
      {query.hasNextPage ? (
        <div>
          <Button isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {more('more')}
          </Button>
        </div>
      ) : null}
    </>
  )
}

function UserRow({ user }: { user: ListedUser }) {
  const t = useTranslations('operator.user')
  const format = useFormat()
  const { name, email, isOperator, tenantCount, sessionCount, hasTwoFactor, createdAt } = user
  return (
    <tr>
      <Td className="py-2 ps-4">
        <span className="flex flex-wrap items-center gap-2">
          <span dir="auto" className="font-medium wrap-anywhere">
            {name}
          </span>
          {isOperator ? <Badge tone="accent">{t('operatorBadge')}</Badge> : null}
        </span>
        <span dir="ltr" className="block text-xs wrap-anywhere text-text-muted match-parent">
          {email}
        </span>
      </Td>
      <Td isNumeric className="hidden md:table-cell">
        {format.number(tenantCount)}
      </Td>
      <Td className="hidden whitespace-nowrap text-text-muted sm:table-cell">
        {t('devices', { count: sessionCount })}
      </Td>
      <Td className="hidden md:table-cell">
        <Badge tone={hasTwoFactor ? 'success' : 'neutral'}>{t(hasTwoFactor ? 'on' : 'off')}</Badge>
      </Td>
      <Td className="hidden whitespace-nowrap text-text-muted lg:table-cell">{format.day(createdAt)}</Td>
      <Td isNumeric className="w-0 pe-3">
        <UserActions user={user} />
      </Td>
    </tr>
  )
}
