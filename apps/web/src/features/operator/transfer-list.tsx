import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Nothing } from './panel.tsx'
import { TransferCard } from './transfer-card.tsx'
import { useTransfers } from './use-transfers.ts'

/** Exports, imports and copies, the newest first; with a key those from or into this tenant. */
export function TransferList({ tenantKey }: { tenantKey?: string }) {
  const t = useTranslations('fleet.transfer')
  const operator = useTranslations('operator')
  const query = useTransfers(tenantKey)
  if (query.isPending) return <Skeleton className="h-24" />
  if (query.isError && !query.data) {
    return (
      <LoadFailure error={query.error} isRetrying={query.isFetching} onRetry={() => void query.refetch()} />
    )
  }
  const transfers = query.data.pages.flatMap(({ items }) => items)
  if (transfers.length === 0) return <Nothing>{t(tenantKey === undefined ? 'none' : 'noneOfTenant')}</Nothing>
  return (
    <>
      <ul aria-label={t('title')} className="flex flex-col gap-3">
        {transfers.map((transfer) => (
          <li key={transfer.id}>
            <TransferCard transfer={transfer} />
          </li>
        ))}
      </ul>
      {query.hasNextPage ? (
        <Button className="mt-3" isBusy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
          {operator('more')}
        </Button>
      ) : null}
    </>
  )
}
