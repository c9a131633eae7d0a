import type { Macro } from '@sarai/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Pencil from 'lucide-react/icons/pencil'
import Trash2 from 'lucide-react/icons/trash-2'
import Zap from 'lucide-react/icons/zap'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useChanges } from '../../lib/changes.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { SettingsList } from '../../ui/settings-list.tsx'
import { MacroDialog } from './macro-dialog.tsx'
import { useActText } from './use-act-text.ts'
import { useRemoveMacro } from './use-save-macro.ts'

/** Every macro with what it does; others' changes show at once. */
export function MacroSettings() {
  const t = useTranslations('macro')
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const [open, setOpen] = useState<Macro | 'new' | null>(null)
  const macros = useQuery(trpc.macro.list.queryOptions())
  useChanges((change) => {
    if (change.kind === 'chat.configured') void queryClient.invalidateQueries(trpc.macro.pathFilter())
  })
  return (
    <SettingsList
      query={macros}
      text={t('text')}
      addLabel={t('new')}
      onAdd={() => setOpen('new')}
      renderList={(data) => <MacroList items={data.items} onEdit={setOpen} />}
    >
      {open === null ? null : (
        <MacroDialog {...(open !== 'new' && { macro: open })} onClose={() => setOpen(null)} />
      )}
    </SettingsList>
  )
}

function MacroList({ items, onEdit }: { items: readonly Macro[]; onEdit: (macro: Macro) => void }) {
  const t = useTranslations('macro')
  const toText = useActText()
  const { remove, isRemoving } = useRemoveMacro()
  if (items.length === 0) return <EmptyState icon={<Zap />} title={t('empty')} text={t('emptyText')} />
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
      {items.map((macro) => (
        <li key={macro.id} className="flex min-h-11 items-start gap-3 px-3 py-2">
          <div className="min-w-0 flex-1 text-sm leading-6">
            <bdi className="block font-medium break-words match-parent">{macro.name}</bdi>
            <p className="text-text-muted">{macro.acts.map(toText).join(' · ')}</p>
          </div>
          <IconButton size="sm" label={t('edit', { name: macro.name })} onClick={() => onEdit(macro)}>
            <Pencil aria-hidden />
          </IconButton>
          <IconButton
            size="sm"
            label={t('remove', { name: macro.name })}
            disabled={isRemoving}
            onClick={() => remove(macro)}
          >
            <Trash2 aria-hidden />
          </IconButton>
        </li>
      ))}
    </ul>
  )
}
