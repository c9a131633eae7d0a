import type { SavedView } from '@sarai/api'
import Bookmark from 'lucide-react/icons/bookmark'
import ChevronDown from 'lucide-react/icons/chevron-down'
import { lazy, Suspense, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useShortcuts } from '../lib/keyboard.ts'
import { Button } from './button.tsx'
import { LazyMenu } from './lazy-menu.tsx'
import { isChanged, type ViewProps, type ViewSearch } from './view-desk.ts'

const load = () => import('./view-menu.tsx')
const ViewMenu = lazy(() => load().then((module) => ({ default: module.ViewMenu })))
const ViewDialog = lazy(() => import('./view-dialog.tsx').then((module) => ({ default: module.ViewDialog })))

interface ViewButtonProps extends ViewProps {
  /** The list as it is saved under a new name, where that says more than the address. */
  shown?: ViewSearch
}

/** Which saved list is shown, and whether it is shown as it was saved; opens the others. */
export function ViewButton({ desk, search, onSearchChange, shown = search }: ViewButtonProps) {
  const t = useTranslations('view')
  const place = useRef<HTMLSpanElement>(null)
  const [named, setNamed] = useState<SavedView<object> | 'new'>()
  const view = desk.views.find(({ id }) => id === search.view)
  const isDifferent = view !== undefined && isChanged(desk, search, view)
  useShortcuts([
    {
      id: 'view',
      keys: 'v',
      label: t('key'),
      group: desk.words.keys,
      run() {
        const button = place.current?.querySelector('button')
        // A phone hides the list behind the conversation that is open.
        if (button?.checkVisibility()) button.click()
      },
    },
  ])
  return (
    <span ref={place} className="inline-flex max-w-full min-w-0">
      <LazyMenu
        preload={load}
        trigger={
          <Button variant="ghost" className="max-w-full shrink">
            <Bookmark aria-hidden className="size-4" />
            <span className="sr-only">{t('button')}</span>
            <bdi className="max-w-48 truncate">{view ? view.name : desk.words.all}</bdi>
            {isDifferent ? <span className="text-xs text-accent-text">{t('changed')}</span> : null}
            <ChevronDown aria-hidden className="size-3.5" />
          </Button>
        }
      >
        {(menu) => (
          <ViewMenu
            {...menu}
            desk={desk}
            view={view}
            isDifferent={isDifferent}
            search={search}
            onSearchChange={onSearchChange}
            onName={setNamed}
          />
        )}
      </LazyMenu>
      {named === undefined ? null : (
        <Suspense>
          <ViewDialog
            desk={desk}
            view={named === 'new' ? undefined : named}
            search={named === 'new' ? shown : search}
            onSearchChange={onSearchChange}
            onClose={() => setNamed(undefined)}
          />
        </Suspense>
      )}
    </span>
  )
}
