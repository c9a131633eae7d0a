import { useQuery } from '@tanstack/react-query'
import Bookmark from 'lucide-react/icons/bookmark'
import ChevronDown from 'lucide-react/icons/chevron-down'
import { lazy, Suspense, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useShortcuts } from '../../lib/keyboard.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { LazyMenu } from '../../ui/lazy-menu.tsx'
import type { CustomerFiltersProps } from './customer-filters.tsx'
import type { ViewBeingNamed } from './view-dialog.tsx'
import { isChanged } from './view-search.ts'

const load = () => import('./view-menu.tsx')
const ViewMenu = lazy(() => load().then((module) => ({ default: module.ViewMenu })))
const ViewDialog = lazy(() => import('./view-dialog.tsx').then((module) => ({ default: module.ViewDialog })))

/** Which saved list is shown, and whether it is shown as it was saved; opens the others. */
export function ViewButton({ search, onSearchChange }: CustomerFiltersProps) {
  const t = useTranslations('customer')
  const trpc = useTrpc()
  const place = useRef<HTMLSpanElement>(null)
  const [named, setNamed] = useState<ViewBeingNamed>()
  const { data } = useQuery(trpc.customer.view.list.queryOptions())
  const views = data?.items ?? []
  const view = views.find(({ id }) => id === search.view)
  const isDifferent = view !== undefined && isChanged(search, view)
  useShortcuts([
    {
      id: 'customer.view',
      keys: 'v',
      label: t('shortcut.view'),
      group: t('shortcut.group'),
      run: () => place.current?.querySelector('button')?.click(),
    },
  ])
  return (
    <span ref={place} className="inline-flex min-w-0 max-w-full">
      <LazyMenu
        preload={load}
        trigger={
          <Button variant="ghost" className="max-w-full shrink">
            <Bookmark aria-hidden className="size-4" />
            <span className="sr-only">{t('view.button')}</span>
            <bdi className="max-w-48 truncate">{view ? view.name : t('view.all')}</bdi>
            {isDifferent ? <span className="text-xs text-accent-text">{t('view.changed')}</span> : null}
            <ChevronDown aria-hidden className="size-3.5" />
          </Button>
        }
      >
        {(menu) => (
          <ViewMenu
            {...menu}
            views={views}
            view={view}
            isDifferent={isDifferent}
            search={search}
            onSearchChange={onSearchChange}
            onName={setNamed}
          />
        )}
      </LazyMenu>
      {named ? (
        <Suspense>
          <ViewDialog
            {...named}
            search={search}
            onSearchChange={onSearchChange}
            onClose={() => setNamed(undefined)}
          />
        </Suspense>
      ) : null}
    </span>
  )
}
