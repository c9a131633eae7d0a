import Archive from 'lucide-react/icons/archive'
import ArchiveRestore from 'lucide-react/icons/archive-restore'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Pause from 'lucide-react/icons/pause'
import Play from 'lucide-react/icons/play'
import Trash2 from 'lucide-react/icons/trash-2'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { ArchiveTenantDialog } from './archive-tenant-dialog.tsx'
import { DeleteTenantDialog } from './delete-tenant-dialog.tsx'
import type { ListedTenant } from './tenant-table.tsx'
import { type TenantVerb, useTenantVerbs } from './use-tenant-verbs.ts'

/** In the order of the menu. What the state of the tenant does not allow is left out. */
const VERBS: Partial<Record<ListedTenant['status'], readonly (TenantVerb | 'delete')[]>> = {
  active: ['suspend', 'archive'],
  suspended: ['resume', 'archive'],
  archived: ['restore', 'delete'],
}
const ICONS = { suspend: Pause, resume: Play, archive: Archive, restore: ArchiveRestore, delete: Trash2 }
const DANGEROUS: readonly string[] = ['suspend', 'archive', 'delete']

/** Suspending can be taken back at once, so it is not asked for twice; archiving and deleting are. */
export function TenantActions({ tenant }: { tenant: ListedTenant }) {
  const t = useTranslations('operator')
  const [asked, setAsked] = useState<'archive' | 'delete' | null>(null)
  const { run } = useTenantVerbs(tenant)
  const verbs = tenant.isBeingDeleted ? (['delete'] as const) : (VERBS[tenant.status] ?? [])
  if (verbs.length === 0) return null
  return (
    <>
      <Menu
        align="end"
        trigger={
          <IconButton size="sm" label={t('actionsFor', { name: tenant.name })}>
            <Ellipsis aria-hidden />
          </IconButton>
        }
      >
        {verbs.map((verb) => {
          const Icon = ICONS[verb]
          return (
            <MenuItem
              key={verb}
              icon={<Icon aria-hidden />}
              isDanger={DANGEROUS.includes(verb)}
              onSelect={() => (verb === 'archive' || verb === 'delete' ? setAsked(verb) : run(verb))}
            >
              {t(verb)}
            </MenuItem>
          )
        })}
      </Menu>
      <ArchiveTenantDialog tenant={tenant} isOpen={asked === 'archive'} onClose={() => setAsked(null)} />
      <DeleteTenantDialog tenant={tenant} isOpen={asked === 'delete'} onClose={() => setAsked(null)} />
    </>
  )
}
