import { useQuery } from '@tanstack/react-query'
import UserPlus from 'lucide-react/icons/user-plus'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCan } from '../../lib/permissions.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { KeptFocus } from '../../ui/kept-focus.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { InvitationList } from './invitation-list.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { MemberTable } from './member-table.tsx'
import { ReadOnlyNote } from './read-only-note.tsx'

/** Who is here, and who they are. */
export function Members() {
  const t = useTranslations('permission')
  const trpc = useTrpc()
  const canManage = useCan()('permission:manage')
  const roles = useQuery(trpc.permission.role.list.queryOptions())
  const members = useQuery(trpc.permission.member.list.queryOptions())
  const [isInviting, setInviting] = useState(false)
  const failed = [roles, members].find(({ data, isError }) => isError && !data)
  if (failed) {
    const retry = () => void Promise.all([roles.refetch(), members.refetch()])
    return <LoadFailure error={failed.error} isRetrying={failed.isFetching} onRetry={retry} />
  }
  return (
    <KeptFocus>
      <div className="mx-auto flex max-w-5xl flex-col gap-4 p-4 md:p-6">
        {canManage ? null : <ReadOnlyNote />}
        <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
          <p className="min-w-60 flex-1 text-sm text-text-muted">{t('membersText')}</p>
          {canManage && roles.data ? (
            <Button variant="primary" onClick={() => setInviting(true)}>
              <UserPlus aria-hidden className="size-4" />
              {t('invite')}
            </Button>
          ) : null}
        </div>
        {members.data && roles.data ? (
          <MemberTable members={members.data.items} roles={roles.data.items} canManage={canManage} />
        ) : (
          <Skeleton className="h-60" />
        )}
        <InvitationList canManage={canManage} />
        <InviteDialog
          isOpen={isInviting}
          onClose={() => setInviting(false)}
          roles={roles.data?.items ?? []}
        />
      </div>
    </KeptFocus>
  )
}
