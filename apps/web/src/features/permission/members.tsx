import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useCan } from '../../lib/permissions.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { MemberTable } from './member-table.tsx'
import { ReadOnlyNote } from './read-only-note.tsx'

/** Who is here, and who they are. */
export function Members() {
  const t = useTranslations('permission')
  const trpc = useTrpc()
  const canManage = useCan()('permission:manage')
  const roles = useQuery(trpc.permission.role.list.queryOptions())
  const members = useQuery(trpc.permission.member.list.queryOptions())
  const failed = [roles, members].find(({ data, isError }) => isError && !data)
  if (failed) {
    const retry = () => void Promise.all([roles.refetch(), members.refetch()])
    return <LoadFailure error={failed.error} isRetrying={failed.isFetching} onRetry={retry} />
  }
  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-4 p-4 md:p-6">
      {canManage ? null : <ReadOnlyNote />}
      <p className="text-sm text-text-muted">{t('membersText')}</p>
      {members.data && roles.data ? (
        <MemberTable members={members.data.items} roles={roles.data.items} canManage={canManage} />
      ) : (
        <Skeleton className="h-60" />
      )}
    </div>
  )
}
