import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { Nothing, Panel } from './panel.tsx'
import type { TenantMigration } from './rollout-status.ts'
import { useConnectionWords } from './use-connection-words.ts'

/** What the rollout did last, as it was recorded. */
export function RolloutLog({ recent }: { recent: readonly TenantMigration[] }) {
  const t = useTranslations('fleet.rollout')
  const format = useFormat()
  return (
    <Panel title={t('log')} hint={t('logHint')}>
      {recent.length === 0 ? (
        <Nothing>{t('logEmpty')}</Nothing>
      ) : (
        <div
          role="region"
          aria-label={t('log')}
          tabIndex={0}
          className="max-h-72 overflow-y-auto rounded-lg border border-line"
        >
          <ol className="divide-y divide-line text-sm">
            {recent.map((migration) => (
              <li key={migration.tenantKey} className="flex gap-3 px-3 py-2">
                <time className="shrink-0 text-text-muted tabular">
                  {format.timeWithSeconds(migration.endedAt ?? migration.startedAt ?? '')}
                </time>
                <span className="min-w-0">
                  <Line migration={migration} />
                  {migration.error === null ? null : (
                    <span
                      dir="ltr"
                      className="block font-mono text-xs break-words text-danger-text match-parent"
                    >
                      {migration.error}
                    </span>
                  )}
                </span>
              </li>
            ))}
          </ol>
        </div>
      )}
    </Panel>
  )
}

function Line({
  migration: { tenantKey: tenant, state, attempts, startedAt, endedAt },
}: {
  migration: TenantMigration
}) {
  const t = useTranslations('fleet.rollout')
  const { time } = useConnectionWords()
  if (state === 'failed') return t('logFailed', { tenant, attempts })
  if (endedAt === null || startedAt === null) return t('logRunning', { tenant })
  return t('logDone', { tenant, took: time(Date.parse(endedAt) - Date.parse(startedAt)) })
}
