import { useQuery } from '@tanstack/react-query'
import { createLazyRoute } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { WorkspaceList } from '../features/auth/workspace-list.tsx'
import { AccountButton } from '../features/shell/account-button.tsx'
import { FrontPage } from '../features/shell/front-page.tsx'
import { sessionQuery } from '../lib/session.ts'
import { Logo } from '../ui/logo.tsx'
import { PageHeading } from '../ui/page-heading.tsx'

export const Route = createLazyRoute('/workspaces')({ component: WorkspacesPage })

function WorkspacesPage() {
  const t = useTranslations('auth')
  const { data: session } = useQuery(sessionQuery)
  return (
    <FrontPage corner={<AccountButton />}>
      <Logo className="mb-6 size-10" />
      <PageHeading title={t('workspaces')} size="lg" />
      <p className="mt-0.5 mb-6 text-base text-text-muted">
        {session ? t('workspacesText', { email: session.user.email }) : null}
      </p>
      <WorkspaceList />
    </FrontPage>
  )
}
