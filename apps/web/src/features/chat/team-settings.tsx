import type { Team } from '@sarai/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Pencil from 'lucide-react/icons/pencil'
import Trash2 from 'lucide-react/icons/trash-2'
import UsersRound from 'lucide-react/icons/users-round'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useChanges } from '../../lib/changes.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { SettingsList } from '../../ui/settings-list.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { DeleteTeamDialog } from './delete-team-dialog.tsx'
import { TeamDialog } from './team-dialog.tsx'

type Open = { what: 'new' } | { what: 'edit' | 'delete'; team: Team } | null

/** Every team with who is in it; others' changes show at once. */
export function TeamSettings() {
  const t = useTranslations('team')
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const [open, setOpen] = useState<Open>(null)
  const teams = useQuery(trpc.team.list.queryOptions())
  useChanges((change) => {
    if (change.kind === 'chat.configured') void queryClient.invalidateQueries(trpc.team.pathFilter())
  })
  const close = () => setOpen(null)
  return (
    <SettingsList
      query={teams}
      text={t('text')}
      addLabel={t('new')}
      onAdd={() => setOpen({ what: 'new' })}
      renderList={(data) => <TeamList items={data.items} onOpen={setOpen} />}
    >
      {open?.what === 'new' ? <TeamDialog onClose={close} /> : null}
      {open?.what === 'edit' ? <TeamDialog team={open.team} onClose={close} /> : null}
      {open?.what === 'delete' ? <DeleteTeamDialog team={open.team} onClose={close} /> : null}
    </SettingsList>
  )
}

function TeamList({ items, onOpen }: { items: readonly Team[]; onOpen: (open: Open) => void }) {
  const t = useTranslations('team')
  if (items.length === 0) return <EmptyState icon={<UsersRound />} title={t('empty')} text={t('emptyText')} />
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
      {items.map((team) => (
        <li key={team.id} className="flex min-h-11 items-center gap-3 px-3 py-1.5">
          <bdi className="min-w-0 flex-1 truncate text-sm font-medium match-parent">{team.name}</bdi>
          <span className="shrink-0 text-sm text-text-muted tabular">
            {t('members', { count: team.memberIds.length })}
          </span>
          <Menu
            align="end"
            trigger={
              <IconButton size="sm" label={t('actions', { team: team.name })}>
                <Ellipsis aria-hidden />
              </IconButton>
            }
          >
            <MenuItem icon={<Pencil aria-hidden />} onSelect={() => onOpen({ what: 'edit', team })}>
              {t('edit')}
            </MenuItem>
            <MenuItem
              icon={<Trash2 aria-hidden />}
              isDanger
              onSelect={() => onOpen({ what: 'delete', team })}
            >
              {t('delete')}
            </MenuItem>
          </Menu>
        </li>
      ))}
    </ul>
  )
}
