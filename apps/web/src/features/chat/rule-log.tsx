import type { ActRun } from '@sarai/api'
import { ACT_RUNS_KEPT_DAYS } from '@sarai/api/act/schema'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { useTenantKey, useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { RunText } from './run-text.tsx'

/** What rules did and could not do, the latest first. */
export function RuleLog() {
  const t = useTranslations('rule')
  const trpc = useTrpc()
  const runs = useInfiniteQuery(
    trpc.chat.rule.runs.infiniteQueryOptions({}, { getNextPageParam: (page) => page.nextCursor }),
  )
  const items = runs.data?.pages.flatMap((page) => page.items) ?? []
  return (
    <section className="flex flex-col gap-2">
      <h2 className="text-base font-semibold">{t('log')}</h2>
      <p className="text-sm text-text-muted">{t('logText', { days: ACT_RUNS_KEPT_DAYS })}</p>
      {runs.isError && !runs.data ? (
        <LoadFailure error={runs.error} isRetrying={runs.isFetching} onRetry={() => void runs.refetch()} />
      ) : null}
      {runs.isPending ? <Skeleton className="h-24" /> : null}
      {runs.data && items.length === 0 ? <p className="text-sm text-text-muted">{t('logEmpty')}</p> : null}
      {items.length > 0 ? (
        <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
          {items.map((run) => (
            <RunRow key={run.id} run={run} />
          ))}
        </ul>
      ) : null}
      {runs.hasNextPage ? (
        <div>
          <Button size="sm" isBusy={runs.isFetchingNextPage} onClick={() => void runs.fetchNextPage()}>
            {t('logMore')}
          </Button>
        </div>
      ) : null}
    </section>
  )
}

function RunRow({ run }: { run: ActRun }) {
  const format = useFormat()
  const tenantKey = useTenantKey()
  return (
    <li className="flex flex-wrap items-baseline gap-x-3 px-3 py-2 text-sm">
      <time dateTime={run.at} className="text-text-muted tabular">
        {format.dateTime(run.at)}
      </time>
      <Link
        to="/$tenantKey/chat/$conversationId"
        params={{ tenantKey, conversationId: run.conversationId }}
        className="font-medium underline"
      >
        <bdi>{run.customerName}</bdi>
      </Link>
      <span className="min-w-40 flex-1">
        <RunText run={run} />
      </span>
    </li>
  )
}
