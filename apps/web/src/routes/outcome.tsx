import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { type Notice, reactTo } from '../lib/errors.ts'
import { Button, buttonClass } from '../ui/button.tsx'
import { FullPage } from '../ui/full-page.tsx'
import { Skeleton } from '../ui/skeleton.tsx'

/** How often a page that waits for its workspace looks again. */
const LOOK_AGAIN_MS = 5_000

export function PageNotFound() {
  const t = useTranslations('common.page')
  return (
    <FullPage title={t('notFound')} text={t('notFoundText')}>
      <Link to="/" className={buttonClass('primary')}>
        {t('home')}
      </Link>
    </FullPage>
  )
}

/** The route's boundary: an error that no component of the page showed itself. */
export function PageError({ error }: ErrorComponentProps) {
  const reaction = reactTo(error)
  if (reaction.kind === 'not-found') return <WorkspaceNotFound />
  if (reaction.kind === 'notice') return <NoticePage notice={reaction.notice} />
  if (reaction.kind === 'retry') return <NoticePage notice="unavailable" />
  if (reaction.kind === 'toast' && reaction.text === 'forbidden') return <ForbiddenPage />
  return <Crashed error={error} />
}

function WorkspaceNotFound() {
  const t = useTranslations('common.page')
  return (
    <FullPage title={t('noWorkspace')} text={t('noWorkspaceText')}>
      <Link to="/workspaces" className={buttonClass('primary')}>
        {t('home')}
      </Link>
    </FullPage>
  )
}

function ForbiddenPage() {
  const t = useTranslations('common.page')
  return <FullPage title={t('forbidden')} text={t('forbiddenText')} />
}

export function NoticePage({ notice }: { notice: Notice | 'unavailable' }) {
  const t = useTranslations('common')
  const router = useRouter()
  useEffect(() => {
    const timer = setInterval(() => void router.invalidate(), LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [router])
  return (
    <FullPage title={t(`notice.${notice}`)} text={t(`notice.${notice}Text`)}>
      <Button onClick={() => void router.invalidate()}>{t('action.retry')}</Button>
      <Link to="/workspaces" className={buttonClass('ghost')}>
        {t('workspace.all')}
      </Link>
    </FullPage>
  )
}

/** After a new release the files of the old one are gone: the only cure is a reload. */
function Crashed({ error }: { error: unknown }) {
  const t = useTranslations('common')
  const router = useRouter()
  const isStale = error instanceof TypeError && /import|module/i.test(error.message)
  const page = isStale ? 'newVersion' : 'crashed'
  return (
    <FullPage title={t(`page.${page}`)} text={t(`page.${page}Text`)}>
      <Button variant="primary" onClick={() => (isStale ? location.reload() : void router.invalidate())}>
        {t(isStale ? 'action.reload' : 'action.retry')}
      </Button>
    </FullPage>
  )
}

export function PagePending() {
  const t = useTranslations('common')
  return (
    <div aria-busy="true" className="flex flex-col gap-4 p-6">
      <span className="sr-only">{t('status.loading')}</span>
      <Skeleton className="h-6 w-40" />
      <Skeleton className="h-32 w-full" />
      <Skeleton className="h-32 w-full" />
    </div>
  )
}
