import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import ChevronRight from 'lucide-react/icons/chevron-right'
import ServerCog from 'lucide-react/icons/server-cog'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useRoleName } from '../../lib/role-name.ts'
import { sessionQuery } from '../../lib/session.ts'
import { globalTrpc } from '../../lib/trpc.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Badge } from '../../ui/badge.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'

const ROW =
  'flex items-center gap-3 px-4 py-3 outline-offset-[-2px] transition-colors first:rounded-t-lg last:rounded-b-lg hover:bg-hover'

/** The doors this person may open. */
export function WorkspaceList() {
  const t = useTranslations('auth')
  const roleName = useRoleName()
  const { data } = useQuery(globalTrpc.tenant.mine.queryOptions())
  const { data: session } = useQuery(sessionQuery)
  if (!data) return null
  if (data.items.length === 0 && !data.isOperator) {
    return (
      <EmptyState
        title={t('noWorkspaces')}
        text={t('noWorkspacesText', { email: session?.user.email ?? '' })}
      />
    )
  }
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface shadow-card">
      {data.items.map(({ tenantKey, name, role, status }) => (
        <li key={tenantKey}>
          <Link to="/$tenantKey/dashboard" params={{ tenantKey }} className={ROW}>
            <Avatar name={name} size="md" />
            <RowText title={name} text={role === null ? tenantKey : roleName(role)} />
            {status === 'active' ? null : <Badge tone="warning">{t(`status.${status}`)}</Badge>}
            <ChevronRight aria-hidden className="size-4 text-text-faint flip-rtl" />
          </Link>
        </li>
      ))}
      {data.isOperator ? (
        <li>
          <Link to="/operator/tenants" className={ROW}>
            <span className="flex size-8 items-center justify-center rounded-full bg-sunken text-text-muted">
              <ServerCog aria-hidden className="size-4" />
            </span>
            <RowText title={t('operatorArea')} text={t('operatorAreaText')} />
            <ChevronRight aria-hidden className="size-4 text-text-faint flip-rtl" />
          </Link>
        </li>
      ) : null}
    </ul>
  )
}

function RowText({ title, text }: { title: string; text: ReactNode }) {
  return (
    <span className="min-w-0 flex-1">
      <span dir="auto" className="block truncate text-base font-medium match-parent">
        {title}
      </span>
      <span className="block truncate text-sm text-text-muted">{text}</span>
    </span>
  )
}
