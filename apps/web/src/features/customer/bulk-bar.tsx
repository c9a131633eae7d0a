import { BULK_IDS_MAX } from '@sarai/api/bulk/schema'
import type { ExportInput } from '@sarai/api/customer/schema'
import { useMutation, useQuery } from '@tanstack/react-query'
import Archive from 'lucide-react/icons/archive'
import ArchiveRestore from 'lucide-react/icons/archive-restore'
import Download from 'lucide-react/icons/download'
import Tag from 'lucide-react/icons/tag'
import UserRoundCheck from 'lucide-react/icons/user-round-check'
import X from 'lucide-react/icons/x'
import { lazy, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFollowJob } from '../../lib/jobs.ts'
import { useShortcuts } from '../../lib/keyboard.ts'
import { useCan } from '../../lib/permissions.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { LazyMenu } from '../../ui/lazy-menu.tsx'
import { BulkTagDialog } from './bulk-tag-dialog.tsx'
import type { Column } from './customer-columns.ts'
import type { CustomerFilter } from './customer-lists.ts'
import { countSelected, toSelected } from './selection.ts'
import type { Selecting } from './selection-context.ts'
import { ariaKeys, BULK_KEYS, type BulkAct, useBulkKeys } from './use-bulk-keys.ts'

const loadAssign = () => import('./bulk-assign-menu.tsx')
const BulkAssignMenu = lazy(() => loadAssign().then((module) => ({ default: module.BulkAssignMenu })))

interface BulkBarProps {
  selecting: Selecting
  filter: CustomerFilter
  /** Of the list: the file has them too. */
  columns: readonly Column[]
  onExport: (input: ExportInput) => void
}

/** What can be done with everybody who is selected. */
export function BulkBar({ selecting, filter, columns, onExport }: BulkBarProps) {
  const t = useTranslations('customer.bulk')
  const ts = useTranslations('customer.shortcut')
  const trpc = useTrpc()
  const can = useCan()
  const { sort, ...which } = filter
  const { data: all } = useQuery(trpc.bulk.count.queryOptions(which))
  const bulk = useBulk(selecting, which)
  const { selection } = selecting
  const count = countSelected(selection, all?.count)
  const isTooMany = selection.mode === 'some' && selection.ids.size > BULK_IDS_MAX
  const isArchived = which.archived ?? false
  const bar = useRef<HTMLDivElement>(null)
  useBulkKeys(bar, {
    ...(can('customer:update') && { tag: t('tag'), assign: t('assign') }),
    ...(can('customer:archive') && { archive: t(isArchived ? 'restore' : 'archive') }),
    ...(can('customer:export') && { export: t('export') }),
  })
  const canBeAll = selection.mode === 'some' && all !== undefined && all.count > selection.ids.size
  useShortcuts([
    {
      id: 'customer.clear',
      keys: 'escape',
      label: ts('clear'),
      group: ts('group'),
      isKeyOnly: true,
      run: selecting.clear,
    },
  ])
  return (
    <div
      ref={bar}
      role="toolbar"
      aria-label={t('label')}
      className="flex shrink-0 flex-wrap items-center gap-2 border-t border-line bg-raised px-4 py-2 md:px-6"
    >
      <span role="status" className="text-sm font-medium tabular">
        {count === undefined ? t('all') : t('count', { count })}
      </span>
      {canBeAll ? (
        <Button variant="ghost" size="sm" onClick={selecting.selectAll}>
          {t('selectAll', { count: all.count })}
        </Button>
      ) : null}
      {/* On a phone the acts have a line of their own, and the cross the end of the first. */}
      <span className="flex-1 max-sm:order-2 max-sm:h-0 max-sm:basis-full" />
      {isTooMany ? (
        <span className="text-sm text-text-muted">{t('tooMany', { max: BULK_IDS_MAX })}</span>
      ) : null}
      {can('customer:update') ? <TagButton count={count} isDisabled={isTooMany} onTag={bulk.tag} /> : null}
      {can('customer:update') ? <AssignButton isDisabled={isTooMany} onAssign={bulk.assign} /> : null}
      {can('customer:archive') ? (
        <ArchiveButton isArchived={isArchived} isDisabled={isTooMany} onArchive={bulk.archive} />
      ) : null}
      {can('customer:export') ? (
        <ExportButton
          isDisabled={isTooMany}
          onExport={() => {
            const list = { filter: which, columns: [...columns], ...(sort && { sort }) }
            onExport({ ...list, ...toSelected(selection, which.archived) })
          }}
        />
      ) : null}
      <IconButton
        size="sm"
        className="max-sm:order-1 max-sm:ms-auto"
        label={t('clear')}
        onClick={selecting.clear}
      >
        <X aria-hidden />
      </IconButton>
    </div>
  )
}

/** On a phone the words alone: with icons Urdu's four acts need a second line. */
function actProps(act: BulkAct) {
  return {
    size: 'sm',
    className: 'max-sm:order-3 max-sm:[&_svg]:hidden',
    'aria-keyshortcuts': ariaKeys(BULK_KEYS[act]),
  } as const
}

interface TagButtonProps {
  count: number | undefined
  isDisabled: boolean
  onTag: (tags: { addTagIds: string[]; removeTagIds: string[] }) => void
}

function TagButton({ count, isDisabled, onTag }: TagButtonProps) {
  const t = useTranslations('customer.bulk')
  const [isTagging, setTagging] = useState(false)
  return (
    <>
      <Button {...actProps('tag')} disabled={isDisabled} onClick={() => setTagging(true)}>
        <Tag aria-hidden className="size-4" />
        {t('tag')}
      </Button>
      {isTagging ? (
        <BulkTagDialog
          count={count}
          onClose={() => setTagging(false)}
          onChoose={(tags) => {
            setTagging(false)
            onTag(tags)
          }}
        />
      ) : null}
    </>
  )
}

function ExportButton({ isDisabled, onExport }: { isDisabled: boolean; onExport: () => void }) {
  const t = useTranslations('customer.bulk')
  return (
    <Button {...actProps('export')} disabled={isDisabled} onClick={onExport}>
      <Download aria-hidden className="size-4" />
      {t('export')}
    </Button>
  )
}

interface AssignButtonProps {
  isDisabled: boolean
  onAssign: (ownerId: string | null) => void
}

function AssignButton({ isDisabled, onAssign }: AssignButtonProps) {
  const t = useTranslations('customer.bulk')
  return (
    <LazyMenu
      preload={loadAssign}
      trigger={
        <Button {...actProps('assign')} disabled={isDisabled}>
          <UserRoundCheck aria-hidden className="size-4" />
          {t('assign')}
        </Button>
      }
    >
      {(menu) => <BulkAssignMenu {...menu} onAssign={onAssign} />}
    </LazyMenu>
  )
}

interface ArchiveButtonProps {
  /** Of the list that is shown. */
  isArchived: boolean
  isDisabled: boolean
  onArchive: (archived: boolean) => void
}

function ArchiveButton({ isArchived, isDisabled, onArchive }: ArchiveButtonProps) {
  const t = useTranslations('customer.bulk')
  const Icon = isArchived ? ArchiveRestore : Archive
  return (
    <Button {...actProps('archive')} disabled={isDisabled} onClick={() => onArchive(!isArchived)}>
      <Icon aria-hidden className="size-4" />
      {t(isArchived ? 'restore' : 'archive')}
    </Button>
  )
}

/** Asks for the work and gives the selection up: what was selected may not be in the list any more. */
function useBulk({ selection, clear }: Selecting, filter: Omit<CustomerFilter, 'sort'>) {
  const trpc = useTrpc()
  const follow = useFollowJob()
  const onSuccess = (job: Parameters<typeof follow>[0]) => {
    follow(job)
    clear()
  }
  const tagThese = useMutation(trpc.bulk.tag.mutationOptions({ onSuccess }))
  const tagMatching = useMutation(trpc.bulk.tagMatching.mutationOptions({ onSuccess }))
  const assignThese = useMutation(trpc.bulk.assign.mutationOptions({ onSuccess }))
  const assignMatching = useMutation(trpc.bulk.assignMatching.mutationOptions({ onSuccess }))
  const archiveThese = useMutation(trpc.bulk.archive.mutationOptions({ onSuccess }))
  const archiveMatching = useMutation(trpc.bulk.archiveMatching.mutationOptions({ onSuccess }))
  return {
    tag(tags: { addTagIds: string[]; removeTagIds: string[] }): void {
      if (selection.mode === 'some') tagThese.mutate({ ids: [...selection.ids], ...tags })
      else tagMatching.mutate({ filter, exceptIds: [...selection.except], ...tags })
    },
    assign(ownerId: string | null): void {
      if (selection.mode === 'some') assignThese.mutate({ ids: [...selection.ids], ownerId })
      else assignMatching.mutate({ filter, exceptIds: [...selection.except], ownerId })
    },
    archive(archived: boolean): void {
      if (selection.mode === 'some') archiveThese.mutate({ ids: [...selection.ids], archived })
      else archiveMatching.mutate({ filter, exceptIds: [...selection.except], archived })
    },
  }
}
