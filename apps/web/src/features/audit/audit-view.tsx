import type { AuditActor, AuditLine } from '@sarai/api'
import type { UseInfiniteQueryResult } from '@tanstack/react-query'
import ScrollText from 'lucide-react/icons/scroll-text'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { listItems, type PagedList } from '../../lib/paged-list.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { AnyAction } from './audit-action.ts'
import { AuditBar } from './audit-bar.tsx'
import { type AuditChoice, isNarrowed } from './audit-filter.ts'
import { AuditTable } from './audit-table.tsx'

export interface AuditViewProps {
  /** Everything that may have been done here. */
  actions: readonly AnyAction[]
  actors: readonly AuditActor[]
  lines: UseInfiniteQueryResult<PagedList<AuditLine>, unknown>
  choice: AuditChoice
  onChoose: (choice: AuditChoice) => void
  /** What a line is about, with a way there. */
  renderThing: (line: AuditLine) => ReactNode
}

/** A log, and what it is narrowed to. */
export function AuditView({ lines, renderThing, ...filter }: AuditViewProps) {
  const t = useTranslations('audit')
  const { choice, onChoose } = filter
  const items = lines.data ? listItems(lines.data) : []
  return (
    <div className="mx-auto flex max-w-6xl flex-col gap-4 p-4 md:p-6">
      <AuditBar {...filter} thing={items.find(({ entity }) => entity?.id === choice.thing)?.entity} />
      <Lines
        lines={lines}
        items={items}
        isNarrowed={isNarrowed(choice)}
        onClear={() => onChoose({})}
        onThing={(thing) => onChoose({ thing })}
        renderThing={renderThing}
      />
      {lines.hasNextPage ? (
        <div>
          <Button isBusy={lines.isFetchingNextPage} onClick={() => void lines.fetchNextPage()}>
            {t('more')}
          </Button>
        </div>
      ) : null}
    </div>
  )
}

interface LinesProps extends Pick<AuditViewProps, 'lines' | 'renderThing'> {
  items: readonly AuditLine[]
  isNarrowed: boolean
  onClear: () => void
  onThing: (id: string) => void
}

function Lines({ lines, items, isNarrowed: isFiltered, onClear, ...table }: LinesProps) {
  const t = useTranslations('audit')
  if (lines.isPending) return <Skeleton className="h-96" />
  if (lines.isError && !lines.data) {
    const retry = () => void lines.refetch()
    return <LoadFailure error={lines.error} isRetrying={lines.isFetching} onRetry={retry} />
  }
  if (items.length > 0) return <AuditTable lines={items} {...table} />
  if (!isFiltered) return <EmptyState icon={<ScrollText />} title={t('none')} text={t('noneText')} />
  const clear = <Button onClick={onClear}>{t('clear')}</Button>
  return <EmptyState icon={<ScrollText />} title={t('noneFound')} text={t('noneFoundText')} action={clear} />
}
