import type { Macro } from '@sarai/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Pencil from 'lucide-react/icons/pencil'
import Plus from 'lucide-react/icons/plus'
import Trash2 from 'lucide-react/icons/trash-2'
import Zap from 'lucide-react/icons/zap'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useChanges } from '../../lib/changes.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
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
  if (macros.isError && !macros.data) {
    const retry = () => void macros.refetch()
    return <LoadFailure error={macros.error} isRetrying={macros.isFetching} onRetry={retry} />
  }
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-4 p-4 md:p-6">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <p className="min-w-60 flex-1 text-sm text-text-muted">{t('text')}</p>
        <Button onClick={() => setOpen('new')}>
          <Plus aria-hidden className="size-4" />
          {t('new')}
        </Button>
      </div>
      {macros.data ? <MacroList items={macros.data.items} onEdit={setOpen} /> : <Skeleton className="h-64" />}
      {open === null ? null : (
        <MacroDialog {...(open !== 'new' && { macro: open })} onClose={() => setOpen(null)} />
      )}
    </div>
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
            <bdi className="block font-medium break-words">{macro.name}</bdi>
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
