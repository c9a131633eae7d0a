import { useQuery } from '@tanstack/react-query'
import { lazy } from 'react'
import { useTranslations } from 'use-intl'
import { sessionQuery } from '../../lib/session.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { LazyMenu } from '../../ui/lazy-menu.tsx'

export interface AccountButtonProps {
  /** With the name and e-mail address beside the picture. */
  isWide?: boolean
  onOpenShortcuts?: (() => void) | undefined
}

const loadMenu = () => import('./account-menu.tsx')
const AccountMenu = lazy(async () => ({ default: (await loadMenu()).AccountMenu }))

/** Who is signed in; opens language, theme and sign-out. */
export function AccountButton({ isWide = false, onOpenShortcuts }: AccountButtonProps) {
  const t = useTranslations('common.account')
  const { data: session } = useQuery(sessionQuery)
  const name = session?.user.name ?? ''
  return (
    <LazyMenu
      preload={loadMenu}
      trigger={
        <button
          type="button"
          className={
            isWide
              ? 'flex h-11 w-full items-center gap-2.5 rounded-md px-1.5 text-start transition-colors hover:bg-hover aria-expanded:bg-hover'
              : 'flex size-10 items-center justify-center rounded-md hover:bg-hover aria-expanded:bg-hover'
          }
        >
          <span className="sr-only">{t('menu')}: </span>
          <Avatar name={name} size={isWide ? 'md' : 'sm'} />
          {isWide ? (
            <span className="min-w-0 flex-1 leading-none">
              <span dir="auto" className="block truncate text-sm font-medium match-parent">
                {name}
              </span>
              <span dir="ltr" className="block truncate text-xs text-text-muted match-parent">
                {session?.user.email}
              </span>
            </span>
          ) : (
            <span className="sr-only">{name}</span>
          )}
        </button>
      }
    >
      {(menu) => <AccountMenu {...menu} onOpenShortcuts={onOpenShortcuts} />}
    </LazyMenu>
  )
}
