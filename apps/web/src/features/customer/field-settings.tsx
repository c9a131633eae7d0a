import type { CustomerField } from '@sarai/api'
import { useMutation, useQuery } from '@tanstack/react-query'
import Archive from 'lucide-react/icons/archive'
import ArchiveRestore from 'lucide-react/icons/archive-restore'
import ChevronDown from 'lucide-react/icons/chevron-down'
import ChevronUp from 'lucide-react/icons/chevron-up'
import ListPlus from 'lucide-react/icons/list-plus'
import Pencil from 'lucide-react/icons/pencil'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { FieldDialog } from './field-dialog.tsx'
import { useCustomerCache, useLiveCustomers } from './use-customer-cache.ts'

/** Fields of the tenant's own, in the order that cards have. */
export function FieldSettings() {
  const t = useTranslations('customer.fieldSettings')
  const trpc = useTrpc()
  useLiveCustomers()
  const [edited, setEdited] = useState<CustomerField | 'new' | null>(null)
  const fields = useQuery(trpc.customer.field.list.queryOptions())
  if (fields.isError && !fields.data) {
    const retry = () => void fields.refetch()
    return <LoadFailure error={fields.error} isRetrying={fields.isFetching} onRetry={retry} />
  }
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-4 p-4 md:p-6">
      <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
        <p className="min-w-60 flex-1 text-sm text-text-muted">{t('text')}</p>
        <Button onClick={() => setEdited('new')}>
          <Plus aria-hidden className="size-4" />
          {t('new')}
        </Button>
      </div>
      {fields.data ? (
        <FieldList items={fields.data.items} onEdit={setEdited} />
      ) : (
        <Skeleton className="h-64" />
      )}
      {edited === null ? null : (
        <FieldDialog {...(edited !== 'new' && { field: edited })} onClose={() => setEdited(null)} />
      )}
    </div>
  )
}

interface FieldListProps {
  items: readonly CustomerField[]
  onEdit: (field: CustomerField) => void
}

function FieldList({ items, onEdit }: FieldListProps) {
  const t = useTranslations('customer.fieldSettings')
  const { move, setArchived } = useFieldWrites(items)
  if (items.length === 0) return <EmptyState icon={<ListPlus />} title={t('empty')} text={t('emptyText')} />
  return (
    <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
      {items.map((field, index) => (
        <li key={field.id} className="flex min-h-12 flex-wrap items-center gap-x-3 gap-y-1 px-3 py-1.5">
          <span className="min-w-32 flex-1 text-sm font-medium break-words">
            <bdi>{field.name}</bdi>
            <span className="block text-xs font-normal text-text-muted">{t(`kinds.${field.kind}`)}</span>
          </span>
          {field.required ? <Badge>{t('requiredBadge')}</Badge> : null}
          {field.archivedAt === null ? null : <Badge tone="warning">{t('archivedBadge')}</Badge>}
          <span className="flex">
            <IconButton
              size="sm"
              label={t('moveUp', { field: field.name })}
              disabled={index === 0}
              onClick={() => move(index, -1)}
            >
              <ChevronUp aria-hidden />
            </IconButton>
            <IconButton
              size="sm"
              label={t('moveDown', { field: field.name })}
              disabled={index === items.length - 1}
              onClick={() => move(index, 1)}
            >
              <ChevronDown aria-hidden />
            </IconButton>
            <IconButton size="sm" label={`${t('edit')}: ${field.name}`} onClick={() => onEdit(field)}>
              <Pencil aria-hidden />
            </IconButton>
            <ArchiveButton field={field} onChange={setArchived} />
          </span>
        </li>
      ))}
    </ul>
  )
}

interface ArchiveButtonProps {
  field: CustomerField
  onChange: (field: CustomerField, archived: boolean) => void
}

function ArchiveButton({ field, onChange }: ArchiveButtonProps) {
  const t = useTranslations('customer.fieldSettings')
  const isArchived = field.archivedAt !== null
  const label = `${t(isArchived ? 'restore' : 'archive')}: ${field.name}`
  return (
    <IconButton size="sm" label={label} onClick={() => onChange(field, !isArchived)}>
      {isArchived ? <ArchiveRestore aria-hidden /> : <Archive aria-hidden />}
    </IconButton>
  )
}

function useFieldWrites(items: readonly CustomerField[]) {
  const t = useTranslations('customer.fieldSettings')
  const tc = useTranslations('common.action')
  const trpc = useTrpc()
  const { queryClient } = useCustomerCache()
  const key = trpc.customer.field.list.queryKey()
  const onSettled = () => queryClient.invalidateQueries(trpc.customer.pathFilter())
  const order = useMutation(trpc.customer.field.order.mutationOptions({ onSettled }))
  const update = useMutation(trpc.customer.field.update.mutationOptions({ onSettled }))
  return {
    move(from: number, step: 1 | -1): void {
      const moved = items[from]
      if (!moved) return
      const next = items.toSpliced(from, 1).toSpliced(from + step, 0, moved)
      queryClient.setQueryData(key, { items: next })
      order.mutate({ ids: next.map(({ id }) => id) })
    },
    setArchived({ id, name }: CustomerField, archived: boolean): void {
      update.mutate({ id, archived })
      if (!archived) return
      showToast({
        id: `field.${id}`,
        title: t('archivedToast', { field: name }),
        action: { label: tc('undo'), run: () => update.mutate({ id, archived: false }) },
      })
    },
  }
}
