import type { ImportStage } from '@sarai/api'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { useTenantKey, useTrpc } from '../../lib/trpc.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'

const TONES: Record<ImportStage, Tone> = {
  ready: 'neutral',
  running: 'accent',
  done: 'success',
  cancelled: 'warning',
  failed: 'danger',
  undoing: 'accent',
  undone: 'neutral',
  'partly-undone': 'warning',
}

const ASK_EVERY_MS = 2_000
const isAtWork = ({ stage }: { stage: ImportStage }) => stage === 'running' || stage === 'undoing'

/** One's own files of the last weeks: to go on with one, to get its results, to take it back. */
export function EarlierImports() {
  const t = useTranslations('import')
  const format = useFormat()
  const trpc = useTrpc()
  const tenantKey = useTenantKey()
  const { data } = useQuery({
    ...trpc.import.list.queryOptions(),
    refetchInterval: ({ state }) => (state.data?.items.some(isAtWork) ? ASK_EVERY_MS : false),
  })
  if (!data || data.items.length === 0) return null
  return (
    <section aria-label={t('earlier')} className="flex flex-col gap-2">
      <h2 className="text-sm font-semibold">{t('earlier')}</h2>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {data.items.map(({ id, fileName, rowsCount, stage, createdAt }) => (
          <li key={id} className="flex flex-wrap items-baseline gap-x-3 px-4 py-2 text-sm">
            <Link
              to="/$tenantKey/customers/import/$importId"
              params={{ tenantKey, importId: id }}
              className="font-medium hover:underline"
            >
              <bdi>{fileName}</bdi>
            </Link>
            <span className="text-text-muted tabular">{t('rows', { count: rowsCount })}</span>
            <Badge tone={TONES[stage]}>{t(`stage.${stage}`)}</Badge>
            <span className="ms-auto text-text-faint">{format.ago(createdAt)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
