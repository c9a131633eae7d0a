import { useQuery } from '@tanstack/react-query'
import Plus from 'lucide-react/icons/plus'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useCan } from '../../lib/permissions.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { MemberTable } from './member-table.tsx'
import { RoleDialog } from './role-dialog.tsx'
import { RoleMatrix } from './role-matrix.tsx'

/** Who is here and what they may do. */
export function Permissions() {
  const t = useTranslations('permission')
  const trpc = useTrpc()
  const canManage = useCan()('permission:manage')
  const roles = useQuery(trpc.permission.role.list.queryOptions())
  const members = useQuery(trpc.permission.member.list.queryOptions())
  const [isCreating, setCreating] = useState(false)
  const failed = [roles, members].find(({ data, isError }) => isError && !data)
  if (failed) {
    const retry = () => void Promise.all([roles.refetch(), members.refetch()])
    return <LoadFailure error={failed.error} isRetrying={failed.isFetching} onRetry={retry} />
  }
  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-10 p-4 md:p-6">
      {canManage ? null : (
        <p className="rounded-md bg-sunken px-3 py-2 text-sm text-text-muted">{t('readOnly')}</p>
      )}
      <Section title={t('members')} text={t('membersText')}>
        {members.data && roles.data ? (
          <MemberTable members={members.data.items} roles={roles.data.items} canManage={canManage} />
        ) : (
          <Skeleton className="h-60" />
        )}
      </Section>
      <Section
        title={t('roles')}
        text={t('rolesText')}
        action={
          canManage ? (
            <Button onClick={() => setCreating(true)}>
              <Plus aria-hidden className="size-4" />
              {t('newRole')}
            </Button>
          ) : null
        }
      >
        {roles.data ? (
          <RoleMatrix roles={roles.data.items} canManage={canManage} />
        ) : (
          <Skeleton className="h-96" />
        )}
      </Section>
      <RoleDialog isOpen={isCreating} onOpenChange={setCreating} />
    </div>
  )
}

interface SectionProps {
  title: string
  text: string
  action?: ReactNode
  children: ReactNode
}

function Section({ title, text, action, children }: SectionProps) {
  return (
    <section>
      <div className="mb-3 flex flex-wrap items-end gap-x-4 gap-y-2">
        <div className="min-w-60 flex-1">
          <h2 className="text-base font-semibold">{title}</h2>
          <p className="text-sm text-text-muted">{text}</p>
        </div>
        {action}
      </div>
      {children}
    </section>
  )
}
