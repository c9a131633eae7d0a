import { lazy, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useShortcuts } from '../../lib/keyboard.ts'

const CommandBar = lazy(async () => ({ default: (await import('./command-bar.tsx')).CommandBar }))
const ShortcutList = lazy(async () => ({ default: (await import('./shortcut-list.tsx')).ShortcutList }))

export type OpenDialog = 'commands' | 'shortcuts' | null

/** Ctrl-K and `?`, and the dialogs they open. Their code arrives with the first press. */
export function useCommands(): { open: (dialog: OpenDialog) => void; dialogs: React.ReactNode } {
  const t = useTranslations('common.shortcut')
  const [dialog, setDialog] = useState<OpenDialog>(null)
  // Kept mounted once shown, so that closing can be animated and the focus returned.
  const [shown, setShown] = useState<ReadonlySet<OpenDialog>>(new Set())
  function open(next: OpenDialog): void {
    setDialog(next)
    if (next) setShown((before) => new Set(before).add(next))
  }
  useShortcuts([
    {
      id: 'command-bar',
      keys: 'mod+k',
      label: t('commandBar'),
      group: t('general'),
      isKeyOnly: true,
      run: () => open(dialog === 'commands' ? null : 'commands'),
    },
    { id: 'shortcuts', keys: '?', label: t('list'), group: t('general'), run: () => open('shortcuts') },
  ])
  const dialogs = (
    <Suspense>
      {shown.has('commands') ? (
        <CommandBar
          isOpen={dialog === 'commands'}
          onOpenChange={(isOpen) => open(isOpen ? 'commands' : null)}
        />
      ) : null}
      {shown.has('shortcuts') ? (
        <ShortcutList
          isOpen={dialog === 'shortcuts'}
          onOpenChange={(isOpen) => open(isOpen ? 'shortcuts' : null)}
        />
      ) : null}
    </Suspense>
  )
  return { open, dialogs }
}
