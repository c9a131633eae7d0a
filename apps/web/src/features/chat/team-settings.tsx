import type { Team } from '@sarai/api'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import Ellipsis from 'lucide-react/icons/ellipsis'
import Pencil from 'lucide-react/icons/pencil'
import Plus from 'lucide-react/icons/plus'
import Trash2 from 'lucide-react/icons/trash-2'
import UsersRound from 'lucide-react/icons/users-round'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useChanges } from '../../lib/changes.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Menu, MenuItem } from '../../ui/menu.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
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
  if (teams.isError && !teams.data) {
    const retry = () => void teams.refetch()
    return <LoadFailure error={teams.error} isRetrying={teams.isFetching} onRetry={retry} />
  }
  const close = () => setOpen(null)
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-4 p-4 md:p-6">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <p className="min-w-60 flex-1 text-sm text-text-muted">{t('text')}</p>
        <Button onClick={() => setOpen({ what: 'new' })}>
          <Plus aria-hidden className="size-4" />
          {t('new')}
        </Button>
      </div>
      {teams.data ? <TeamList items={teams.data.items} onOpen={setOpen} /> : <Skeleton className="h-64" />}
      {open?.what === 'new' ? <TeamDialog onClose={close} /> : null}
      {open?.what === 'edit' ? <TeamDialog team={open.team} onClose={close} /> : null}
      {open?.what === 'delete' ? <DeleteTeamDialog team={open.team} onClose={close} /> : null}
    </div>
  )
}

function TeamList({ items, onOpen }: { items: readonly Team[]; onOpen: (open: Open) => void }) {
  const t = useTranslations('team')
  if (items.length === 0) return <EmptyState icon={<UsersRound />} title={t('empty')} text={t('emptyText')} />
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
      {items.map((team) => (
        <li key={team.id} className="flex min-h-11 items-center gap-3 px-3 py-1.5">
          <bdi className="min-w-0 flex-1 truncate text-sm font-medium">{team.name}</bdi>
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
