import type { ImportReason } from '@sarai/api'
import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { useTrpc } from '../../lib/trpc.ts'

/** The first rows that a dry run would refuse, or that an undo has left as they are, each with why. */
export function RefusedRows({ jobId, title }: { jobId: string; title: string }) {
  const t = useTranslations('import')
  const format = useFormat()
  const trpc = useTrpc()
  const { data } = useQuery(trpc.job.refused.queryOptions({ id: jobId }))
  if (!data || data.items.length === 0) return null
  return (
    <details className="rounded-lg border border-line bg-surface px-4 py-3 text-sm">
      <summary className="cursor-pointer font-medium">{title}</summary>
      <ul className="mt-2 flex flex-col gap-1">
        {data.items.map(({ position, reason, entity }) => (
          <li key={position} className="flex flex-wrap gap-x-2">
            <span className="text-text-muted tabular">
              {t('rowNumber', { row: format.number(position) })}
            </span>
            {entity ? <bdi>{entity.name}</bdi> : null}
            <span>{t(`reason.${reason as ImportReason}`)}</span>
          </li>
        ))}
        {data.nextPosition === null ? null : <li className="text-text-muted">{t('andMore')}</li>}
      </ul>
    </details>
  )
}
