import { type ErrorComponentProps, Link, useRouter } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
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
  if (reaction.kind === 'toast' && reaction.text === 'forbidden') return <PageForbidden />
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

/** For a role that does not include the page. */
export function PageForbidden() {
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

function Crashed({ error }: { error: unknown }) {
  const t = useTranslations('common')
  const router = useRouter()
  if (error instanceof TypeError && /import|module/i.test(error.message)) return <MissingPart />
  return (
    <FullPage title={t('page.crashed')} text={t('page.crashedText')}>
      <Button variant="primary" onClick={() => void router.invalidate()}>
        {t('action.retry')}
      </Button>
    </FullPage>
  )
}

/**
 * A part of the app could not be fetched: the server is out of reach, or a new release has replaced its files.
 * The browser remembers the failure, so in both cases the page has to be loaded again.
 */
function MissingPart() {
  const t = useTranslations('common')
  const isReachable = useReachable()
  if (isReachable !== true) {
    return <FullPage title={t('notice.unavailable')} text={t('notice.unavailableText')} />
  }
  return (
    <FullPage title={t('page.newVersion')} text={t('page.newVersionText')}>
      <Button variant="primary" onClick={() => location.reload()}>
        {t('action.reload')}
      </Button>
    </FullPage>
  )
}

/** null: not known yet. A server that was away and is back: the page is loaded again. */
function useReachable(): boolean | null {
  const [isReachable, setReachable] = useState<boolean | null>(null)
  useEffect(() => {
    let wasAway = false
    async function look(): Promise<void> {
      const isBack = await fetch('/healthz', { cache: 'no-store' }).then(
        ({ ok }) => ok,
        () => false,
      )
      if (isBack && wasAway) location.reload()
      wasAway = !isBack
      setReachable(isBack)
    }
    void look()
    const timer = setInterval(() => void look(), LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [])
  return isReachable
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
