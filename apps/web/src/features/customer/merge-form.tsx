import type { MergePreview } from '@sarai/api'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import UsersRound from 'lucide-react/icons/users-round'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { showToast } from '../../lib/toast.ts'
import { useTenantKey, useTrpc } from '../../lib/trpc.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { putCustomer } from './customer-cache.ts'
import { type MergeChoices, toMergeInput } from './merge-choices.ts'
import { MergeJoined } from './merge-joined.tsx'
import { MergeTable } from './merge-table.tsx'
import { useCustomerCache } from './use-customer-cache.ts'
import { mergeToast, useUndoMerge } from './use-undo-merge.ts'

/** Customers side by side: who stays, which value of each field, and what becomes of the rest. */
export function MergeForm({ ids }: { ids: readonly string[] }) {
  const t = useTranslations('customer.duplicate')
  const trpc = useTrpc()
  const preview = useQuery({
    ...trpc.duplicate.preview.queryOptions({ ids: [...ids] }),
    enabled: ids.length > 1,
    meta: { errors: 'inline' },
  })
  if (ids.length < 2) return <Impossible title={t('tooFew')} />
  if (preview.isError) {
    const { kind } = reactTo(preview.error)
    if (kind === 'conflict') return <Impossible title={t('conflict.merged')} />
    const retry = () => void preview.refetch()
    return <LoadFailure error={preview.error} isRetrying={preview.isFetching} onRetry={retry} />
  }
  if (!preview.data) return <Skeleton className="m-6 h-96" />
  // Afresh when one of them has changed: what is chosen from is what is there.
  const versions = preview.data.customers.map(({ id, version }) => `${id} ${version}`).join()
  return <Choose key={versions} preview={preview.data} onAskAgain={() => void preview.refetch()} />
}

function Impossible({ title }: { title: string }) {
  const t = useTranslations('customer.duplicate')
  const tenantKey = useTenantKey()
  return (
    <EmptyState
      icon={<UsersRound />}
      title={title}
      action={
        <Link to="/$tenantKey/customers/duplicates" params={{ tenantKey }} className={buttonClass()}>
          {t('backToList')}
        </Link>
      }
    />
  )
}

function Choose({ preview, onAskAgain }: { preview: MergePreview; onAskAgain: () => void }) {
  const t = useTranslations('customer.duplicate')
  const tc = useTranslations('common.action')
  const tenantKey = useTenantKey()
  const [choices, setChoices] = useState<MergeChoices>(preview)
  const { merge, isMerging, refusal } = useMerge(onAskAgain)
  return (
    <div className="mx-auto flex max-w-5xl flex-col gap-4 p-4 md:p-6">
      <p className="text-sm text-text-muted">{t('mergeText')}</p>
      {refusal === null ? null : (
        <p role="alert" className="rounded-md bg-warning-soft px-3 py-2 text-sm text-warning-text">
          {refusal}
        </p>
      )}
      <MergeTable preview={preview} choices={choices} onChange={setChoices} />
      <MergeJoined customers={preview.customers} />
      <div className="flex flex-wrap gap-2">
        <Button variant="primary" isBusy={isMerging} onClick={() => merge(toMergeInput(preview, choices))}>
          {t('do', { count: preview.customers.length })}
        </Button>
        <Link to="/$tenantKey/customers/duplicates" params={{ tenantKey }} className={buttonClass()}>
          {tc('cancel')}
        </Link>
      </div>
    </div>
  )
}

const REFUSALS = ['changed', 'merged', 'archived', 'tags'] as const

function useMerge(onAskAgain: () => void) {
  const t = useTranslations('customer.duplicate')
  const tc = useTranslations('common')
  const trpc = useTrpc()
  const tenantKey = useTenantKey()
  const navigate = useNavigate()
  const cache = useCustomerCache()
  const { undoMerge } = useUndoMerge()
  const [refusal, setRefusal] = useState<string | null>(null)
  const merge = useMutation(
    trpc.duplicate.merge.mutationOptions({
      meta: { errors: 'inline' },
      onSuccess: async ({ id, survivor }) => {
        putCustomer(cache, survivor)
        void cache.queryClient.invalidateQueries(trpc.customer.pathFilter())
        void cache.queryClient.invalidateQueries(trpc.duplicate.pathFilter())
        const action = { label: tc('action.undo'), run: () => undoMerge(id) }
        const title = t('merged', { name: survivor.name })
        showToast({ id: mergeToast(id), title, tone: 'success', action })
        const params = { tenantKey, customerId: survivor.id }
        await navigate({ to: '/$tenantKey/customers/$customerId', params })
      },
      onError: (error) => {
        const reaction = reactTo(error)
        const text = 'text' in reaction ? reaction.text : 'conflict'
        const reason = reaction.kind === 'conflict' ? reaction.details['reason'] : undefined
        const known = REFUSALS.find((each) => each === reason)
        const isTaken = reaction.kind === 'conflict' && reaction.details['field'] !== undefined
        setRefusal(isTaken ? t('conflict.taken') : known ? t(`conflict.${known}`) : tc(`error.${text}`))
        onAskAgain()
      },
    }),
  )
  return {
    refusal,
    isMerging: merge.isPending,
    merge: (input: Parameters<typeof merge.mutate>[0]) => {
      if (merge.isPending) return
      setRefusal(null)
      merge.mutate(input)
    },
  }
}
