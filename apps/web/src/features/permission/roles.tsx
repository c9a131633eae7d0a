import { useQuery } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCan } from '../../lib/permissions.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ReadOnlyNote } from './read-only-note.tsx'
import { RoleDialog } from './role-dialog.tsx'
import { RoleMatrix } from './role-matrix.tsx'

/** What each role may do. */
export function Roles() {
  const t = useTranslations('permission')
  const trpc = useTrpc()
  const canManage = useCan()('permission:manage')
  const roles = useQuery(trpc.permission.role.list.queryOptions())
  const [isCreating, setCreating] = useState(false)
  if (roles.isError && !roles.data) {
    const retry = () => void roles.refetch()
    return <LoadFailure error={roles.error} isRetrying={roles.isFetching} onRetry={retry} />
  }
  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-4 p-4 md:p-6">
      {canManage ? null : <ReadOnlyNote />}
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <p className="min-w-60 flex-1 text-sm text-text-muted">{t('rolesText')}</p>
        {canManage ? (
          <Button onClick={() => setCreating(true)}>
            <Plus aria-hidden className="size-4" />
            {t('newRole')}
          </Button>
        ) : null}
      </div>
      {roles.data ? (
        <RoleMatrix roles={roles.data.items} canManage={canManage} />
      ) : (
        <Skeleton className="h-96" />
      )}
      <RoleDialog isOpen={isCreating} onOpenChange={setCreating} />
    </div>
  )
}
