import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { LucideIcon } from 'lucide-react'
import Hourglass from 'lucide-react/icons/hourglass'
import Inbox from 'lucide-react/icons/inbox'
import MessagesSquare from 'lucide-react/icons/messages-square'
import UserRoundCheck from 'lucide-react/icons/user-round-check'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { APART, useTenantKey, useTrpc } from '../../lib/trpc.ts'
import { cx } from '../../ui/cx.ts'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'

interface TileKind {
  figure: 'waiting' | 'unassigned' | 'mine' | 'open'
  Icon: LucideIcon
  search: { box?: 'mine' | 'unassigned'; status?: 'waiting' }
}

const TILES: readonly TileKind[] = [
  { figure: 'waiting', Icon: Hourglass, search: { status: 'waiting' } },
  { figure: 'unassigned', Icon: Inbox, search: { box: 'unassigned' } },
  { figure: 'mine', Icon: UserRoundCheck, search: { box: 'mine' } },
  { figure: 'open', Icon: MessagesSquare, search: {} },
]

/** What needs somebody now; each leads to where it can be done. */
export function NowTiles() {
  const t = useTranslations('dashboard')
  const trpc = useTrpc()
  const query = useQuery(trpc.dashboard.now.queryOptions(undefined, APART))
  return (
    <section aria-label={t('now.title')} aria-busy={query.isPending}>
      {query.isError && query.data === undefined ? (
        <div className="rounded-lg border border-line">
          <LoadFailure
            error={query.error}
            isRetrying={query.isFetching}
            onRetry={() => void query.refetch()}
          />
        </div>
      ) : (
        <ul className="grid grid-cols-2 gap-3 lg:grid-cols-4 lg:gap-4">
          {TILES.map((tile) => (
            <li key={tile.figure}>
              <Tile tile={tile} count={query.data?.[tile.figure]} />
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}

function Tile({ tile: { figure, Icon, search }, count }: { tile: TileKind; count: number | undefined }) {
  const t = useTranslations('dashboard.now')
  const format = useFormat()
  const tenantKey = useTenantKey()
  const isUrgent = figure === 'waiting' && count !== undefined && count > 0
  return (
    <Link
      to="/$tenantKey/chat"
      params={{ tenantKey }}
      search={search}
      className="flex h-full flex-col rounded-lg border border-line bg-surface p-4 transition-colors hover:border-line-strong hover:bg-hover"
    >
      <span className="flex items-center gap-2 text-sm text-text-muted">
        <Icon aria-hidden className={cx('size-4', isUrgent && 'text-warning-text')} />
        {t(figure)}
      </span>
      {count === undefined ? (
        <Skeleton className="mt-2 h-9 w-12" />
      ) : (
        <span className="mt-1 text-2xl font-semibold tracking-tight tabular">{format.number(count)}</span>
      )}
      <span className="mt-0.5 text-xs text-text-muted">
        {count === 0 ? t(`${figure}None`) : t(`${figure}Hint`)}
      </span>
    </Link>
  )
}
