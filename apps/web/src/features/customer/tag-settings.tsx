import type { CustomerTag } from '@sarai/api'
import { useQuery } from '@tanstack/react-query'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Merge from 'lucide-react/icons/merge'
import Pencil from 'lucide-react/icons/pencil'
import Tags from 'lucide-react/icons/tags'
import Trash2 from 'lucide-react/icons/trash-2'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useTrpc } from '../../lib/trpc.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { SettingsList } from '../../ui/settings-list.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { TagChip } from '../../ui/tag-chip.tsx'
import { DeleteTagDialog } from './delete-tag-dialog.tsx'
import { MergeTagDialog } from './merge-tag-dialog.tsx'
import { TagDialog } from './tag-dialog.tsx'
import { useLiveCustomers } from './use-customer-cache.ts'

export type CountedTag = CustomerTag & { customersCount: number }
type Open = { what: 'new' } | { what: 'edit' | 'merge' | 'delete'; tag: CountedTag } | null

/** All tags with how many customers have each. */
export function TagSettings() {
  const t = useTranslations('customer.tagSettings')
  const trpc = useTrpc()
  useLiveCustomers()
  const [open, setOpen] = useState<Open>(null)
  const tags = useQuery(trpc.customer.tag.counts.queryOptions())
  const items = tags.data?.items ?? []
  const close = () => setOpen(null)
  return (
    <SettingsList
      query={tags}
      text={t('text')}
      addLabel={t('new')}
      onAdd={() => setOpen({ what: 'new' })}
      renderList={(data) => <TagList items={data.items} onOpen={setOpen} />}
    >
      {open?.what === 'new' ? <TagDialog onClose={close} /> : null}
      {open?.what === 'edit' ? <TagDialog tag={open.tag} onClose={close} /> : null}
      {open?.what === 'merge' ? <MergeTagDialog tag={open.tag} tags={items} onClose={close} /> : null}
      {open?.what === 'delete' ? <DeleteTagDialog tag={open.tag} onClose={close} /> : null}
    </SettingsList>
  )
}

function TagList({ items, onOpen }: { items: readonly CountedTag[]; onOpen: (open: Open) => void }) {
  const t = useTranslations('customer.tagSettings')
  if (items.length === 0) return <EmptyState icon={<Tags />} title={t('empty')} text={t('emptyText')} />
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
      {items.map((tag) => (
        <li key={tag.id} className="flex min-h-11 items-center gap-3 px-3 py-1.5">
          <span className="min-w-0 flex-1">
            <TagChip name={tag.name} color={tag.color} />
          </span>
          <span className="shrink-0 text-sm text-text-muted tabular">
            {t('customers', { count: tag.customersCount })}
          </span>
          <Menu
            align="end"
            trigger={
              <IconButton size="sm" label={t('actions', { tag: tag.name })}>
                <Ellipsis aria-hidden />
              </IconButton>
            }
          >
            <MenuItem icon={<Pencil aria-hidden />} onSelect={() => onOpen({ what: 'edit', tag })}>
              {t('rename')}
            </MenuItem>
            <MenuItem
              icon={<Merge aria-hidden />}
              isDisabled={items.length < 2}
              onSelect={() => onOpen({ what: 'merge', tag })}
            >
              {t('merge')}
            </MenuItem>
            <MenuItem icon={<Trash2 aria-hidden />} isDanger onSelect={() => onOpen({ what: 'delete', tag })}>
              {t('delete')}
            </MenuItem>
          </Menu>
        </li>
      ))}
    </ul>
  )
}
