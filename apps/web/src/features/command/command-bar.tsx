import { Autocomplete } from '@base-ui/react/autocomplete'
import { Dialog } from '@base-ui/react/dialog'
import Search from 'lucide-react/icons/search'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { cx } from '../../ui/cx.ts'
import { BACKDROP_CLASS } from '../../ui/dialog.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { POPUP_ITEM_CLASS, POPUP_LABEL_CLASS } from '../../ui/popup.ts'
import { Spinner } from '../../ui/spinner.tsx'
import { type Command, type CommandGroup, useCommandGroups } from './command-groups.ts'

interface CommandBarProps {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}

/** Everything by a few letters: pages, workspaces, actions, customers. */
export function CommandBar({ isOpen, onOpenChange }: CommandBarProps) {
  const t = useTranslations('common.command')
  return (
    <Dialog.Root open={isOpen} onOpenChange={(open) => onOpenChange(open)}>
      <Dialog.Portal>
        <Dialog.Backdrop className={BACKDROP_CLASS} />
        <Dialog.Viewport className="fixed inset-0 z-50 flex items-start justify-center px-2 pt-2 sm:pt-[12vh]">
          <Dialog.Popup
            aria-label={t('title')}
            className="flex max-h-[min(30rem,calc(100dvh-1rem))] w-full max-w-xl flex-col overflow-hidden rounded-xl bg-raised shadow-dialog outline-none transition-[opacity,scale] data-ending-style:opacity-0 data-starting-style:scale-98 data-starting-style:opacity-0"
          >
            <CommandSearch onDone={() => onOpenChange(false)} />
          </Dialog.Popup>
        </Dialog.Viewport>
      </Dialog.Portal>
    </Dialog.Root>
  )
}

function CommandSearch({ onDone }: { onDone: () => void }) {
  const t = useTranslations('common.command')
  const [query, setQuery] = useState('')
  const { groups, isSearching } = useCommandGroups(query)
  const count = groups.reduce((sum, { items }) => sum + items.length, 0)
  return (
    <Autocomplete.Root
      open
      inline
      items={groups}
      filter={null}
      value={query}
      onValueChange={(value, { reason }) => {
        if (reason !== 'item-press') setQuery(value)
      }}
      itemToStringValue={(command: Command) => command.label}
      autoHighlight="always"
      keepHighlight
    >
      <div className="flex items-center gap-2.5 border-b border-line ps-4 pe-3">
        {isSearching ? (
          <Spinner className="text-text-faint" />
        ) : (
          <Search aria-hidden className="size-4 text-text-faint" />
        )}
        <Autocomplete.Input
          aria-label={t('title')}
          placeholder={t('placeholder')}
          className="h-12 min-w-0 flex-1 bg-transparent text-base outline-none pointer-coarse:text-lg"
        />
        <Kbd keys="escape" />
      </div>
      <Autocomplete.Status className="sr-only">{t('results', { count })}</Autocomplete.Status>
      <Autocomplete.Empty>
        <div className="px-4 py-10 text-center text-sm text-text-muted">
          {isSearching ? t('searching') : t('empty', { query })}
        </div>
      </Autocomplete.Empty>
      <Autocomplete.List className="min-h-0 overflow-y-auto overscroll-contain scroll-py-2 p-2 data-empty:hidden">
        {(group: CommandGroup) => (
          <Autocomplete.Group key={group.value} items={group.items}>
            <Autocomplete.GroupLabel className={POPUP_LABEL_CLASS}>{group.value}</Autocomplete.GroupLabel>
            <Autocomplete.Collection>
              {(command: Command) => <CommandItem key={command.id} command={command} onDone={onDone} />}
            </Autocomplete.Collection>
          </Autocomplete.Group>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  )
}

function CommandItem({ command, onDone }: { command: Command; onDone: () => void }) {
  return (
    <Autocomplete.Item
      value={command}
      onClick={() => {
        onDone()
        command.run()
      }}
      className={cx(POPUP_ITEM_CLASS, 'scroll-my-2')}
    >
      <span dir="auto" className="min-w-0 truncate">
        {command.label}
      </span>
      <span dir="auto" className="min-w-0 flex-1 truncate text-text-muted">
        {command.detail}
      </span>
      {command.keys ? <Kbd keys={command.keys} /> : null}
    </Autocomplete.Item>
  )
}
