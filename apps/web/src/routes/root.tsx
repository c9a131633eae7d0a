import { createRootRoute, Outlet } from '@tanstack/react-router'
import { lazy, Suspense, useEffect, useState } from 'react'
import { useTranslations } from 'use-intl'
import { attachLiveRegion } from '../lib/announce.ts'
import { onFirstToast } from '../lib/toast.ts'

const Toaster = lazy(async () => ({ default: (await import('../ui/toaster.tsx')).Toaster }))

export const rootRoute = createRootRoute({ component: Root })

function Root() {
  const t = useTranslations('common')
  const [hasToasts, setHasToasts] = useState(false)
  useEffect(() => onFirstToast(() => setHasToasts(true)), [])
  return (
    <>
      <a
        href="#main"
        className="fixed start-2 top-2 z-70 -translate-y-16 rounded-md bg-accent px-3 py-2 text-sm font-medium text-on-accent focus:translate-y-0"
      >
        {t('nav.skip')}
      </a>
      <Outlet />
      <div ref={attachLiveRegion} role="status" aria-live="polite" className="fixed sr-only" />
      {hasToasts ? (
        <Suspense>
          <Toaster />
        </Suspense>
      ) : null}
    </>
  )
}
