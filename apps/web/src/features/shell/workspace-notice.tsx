import { useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useEffect } from 'react'
import { useTranslations } from 'use-intl'
import type { Notice } from '../../lib/errors.ts'
import { setNotice, useNotice } from '../../lib/notice.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { buttonClass } from '../../ui/button.tsx'
import { FullPage } from '../../ui/full-page.tsx'
import { Spinner } from '../../ui/spinner.tsx'

const LOOK_AGAIN_MS = 5_000

/** What is open stays readable while the workspace is updated; otherwise a calm page says why it is closed. */
export function WorkspaceNotice({ children }: { children: ReactNode }) {
  const notice = useNotice()
  useLookAgain(notice)
  if (notice === null) return children
  if (notice === 'migrating') {
    return (
      <div className="flex h-full min-h-0 flex-col">
        <MigratingBanner />
        <div className="min-h-0 flex-1">{children}</div>
      </div>
    )
  }
  return <ClosedPage notice={notice} />
}

function MigratingBanner() {
  const t = useTranslations('common.notice')
  return (
    <div
      role="status"
      className="flex items-center gap-2 bg-accent-soft px-4 py-2 text-sm text-accent-text md:px-6"
    >
      <Spinner className="shrink-0" />
      <p>
        <strong className="font-semibold">{t('migrating')}</strong> {t('migratingText')}
      </p>
    </div>
  )
}

function ClosedPage({ notice }: { notice: Notice }) {
  const t = useTranslations('common')
  return (
    <FullPage title={t(`notice.${notice}`)} text={t(`notice.${notice}Text`)}>
      <Link to="/workspaces" className={buttonClass()}>
        {t('workspace.all')}
      </Link>
    </FullPage>
  )
}

/** Asks now and then whether the workspace is back, and then loads what is on screen again. */
function useLookAgain(notice: Notice | null): void {
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  useEffect(() => {
    if (notice === null) return undefined
    const timer = setInterval(() => {
      queryClient
        .query({ ...trpc.permission.mine.queryOptions(), staleTime: 0 })
        .then(() => {
          setNotice(null)
          return queryClient.invalidateQueries({ queryKey: trpc.pathKey() })
        })
        .catch(() => {
          // Still closed; the refusal has been shown.
        })
    }, LOOK_AGAIN_MS)
    return () => clearInterval(timer)
  }, [notice, trpc, queryClient])
  // What is shown has just been let in; and another workspace begins without the notice of this one.
  useEffect(() => {
    setNotice(null)
    return () => setNotice(null)
  }, [])
}
