import type { Label } from '@sarai/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Pencil from 'lucide-react/icons/pencil'
import TagIcon from 'lucide-react/icons/tag'
import Trash2 from 'lucide-react/icons/trash-2'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useChanges } from '../../lib/changes.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { SettingsList } from '../../ui/settings-list.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { TagChip } from '../../ui/tag-chip.tsx'
import { DeleteLabelDialog } from './delete-label-dialog.tsx'
import { LabelDialog } from './label-dialog.tsx'

type Open = { what: 'new' } | { what: 'edit' | 'delete'; label: Label } | null

/** Every label, to be made, renamed, coloured and deleted; others' changes show at once. */
export function LabelSettings() {
  const t = useTranslations('label')
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const [open, setOpen] = useState<Open>(null)
  const labels = useQuery(trpc.label.list.queryOptions())
  useChanges((change) => {
    if (change.kind === 'chat.configured') void queryClient.invalidateQueries(trpc.label.pathFilter())
  })
  const close = () => setOpen(null)
  return (
    <SettingsList
      query={labels}
      text={t('text')}
      addLabel={t('new')}
      onAdd={() => setOpen({ what: 'new' })}
      renderList={(data) => <LabelList items={data.items} onOpen={setOpen} />}
    >
      {open?.what === 'new' ? <LabelDialog onClose={close} /> : null}
      {open?.what === 'edit' ? <LabelDialog label={open.label} onClose={close} /> : null}
      {open?.what === 'delete' ? <DeleteLabelDialog label={open.label} onClose={close} /> : null}
    </SettingsList>
  )
}

function LabelList({ items, onOpen }: { items: readonly Label[]; onOpen: (open: Open) => void }) {
  const t = useTranslations('label')
  if (items.length === 0) return <EmptyState icon={<TagIcon />} title={t('empty')} text={t('emptyText')} />
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
      {items.map((label) => (
        <li key={label.id} className="flex min-h-11 items-center gap-3 px-3 py-1.5">
          <span className="min-w-0 flex-1">
            <TagChip name={label.name} color={label.color} />
          </span>
          <Menu
            align="end"
            trigger={
              <IconButton size="sm" label={t('actions', { label: label.name })}>
                <Ellipsis aria-hidden />
              </IconButton>
            }
          >
            <MenuItem icon={<Pencil aria-hidden />} onSelect={() => onOpen({ what: 'edit', label })}>
              {t('edit')}
            </MenuItem>
            <MenuItem
              icon={<Trash2 aria-hidden />}
              isDanger
              onSelect={() => onOpen({ what: 'delete', label })}
            >
              {t('delete')}
            </MenuItem>
          </Menu>
        </li>
      ))}
    </ul>
  )
}
