import { useQuery } from '@tanstack/react-query'
import KeyRound from 'lucide-react/icons/key-round'
import Plus from 'lucide-react/icons/plus'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { KeptFocus } from '../../ui/kept-focus.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ApiKeyTable } from './api-key-table.tsx'
import { CreateApiKeyDialog } from './create-api-key-dialog.tsx'

/** With what programs come in. */
export function ApiKeys() {
  const t = useTranslations('permission.apiKey')
  const trpc = useTrpc()
  const keys = useQuery(trpc.permission.key.list.queryOptions())
  const [isCreating, setCreating] = useState(false)
  if (keys.isError && !keys.data) {
    const retry = () => void keys.refetch()
    return <LoadFailure error={keys.error} isRetrying={keys.isFetching} onRetry={retry} />
  }
  const create = (
    <Button variant="primary" onClick={() => setCreating(true)}>
      <Plus aria-hidden className="size-4" />
      {t('create')}
    </Button>
  )
  const isEmpty = keys.data?.items.length === 0
  return (
    <KeptFocus>
      <div className="mx-auto flex max-w-5xl flex-col gap-4 p-4 md:p-6">
        <div className="flex flex-wrap items-end gap-x-4 gap-y-2">
          <p className="min-w-60 flex-1 text-sm text-text-muted">{t('text')}</p>
          {isEmpty ? null : create}
        </div>
        {keys.data ? null : <Skeleton className="h-60" />}
        {isEmpty ? (
          <EmptyState icon={<KeyRound />} title={t('none')} text={t('noneText')} action={create} />
        ) : null}
        {keys.data && !isEmpty ? <ApiKeyTable keys={keys.data.items} /> : null}
        <CreateApiKeyDialog isOpen={isCreating} onClose={() => setCreating(false)} />
      </div>
    </KeptFocus>
  )
}
