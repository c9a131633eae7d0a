import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { Badge } from '../../ui/badge.tsx'
import { Disclosure } from '../../ui/disclosure.tsx'
import type { ConnectionsReport } from './connections-report.ts'
import { groupRuns } from './group-runs.ts'
import { Nothing, Panel } from './panel.tsx'
import { useConnectionWords } from './use-connection-words.ts'

/** The same place in the code, the same news. */
function sameLeak({ kind, tenant, label, stack }: ConnectionsReport['leaks'][number]): string {
  return JSON.stringify([kind, tenant, label, stack])
}

/** Leases that were held too long, and where in the code they were taken. */
export function LeakList({ report }: { report: ConnectionsReport }) {
  const t = useTranslations('operator')
  const format = useFormat()
  const { name, time } = useConnectionWords()
  return (
    <Panel title={t('leaks')} hint={t('leaksHint')}>
      {report.leaks.length === 0 ? (
        <Nothing>{t('noLeaks')}</Nothing>
      ) : (
        <ul className="divide-y divide-line rounded-lg border border-line bg-surface text-sm">
          {groupRuns(report.leaks, sameLeak).map(({ item: leak, count }, index) => (
            <li key={`${leak.at} ${index}`} className="px-4 py-2.5">
              <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
                <bdi className="font-medium">{name(leak.tenant)}</bdi>
                <bdi className="font-mono text-xs text-text-muted">{leak.label}</bdi>
                <Badge tone={leak.kind === 'reclaimed' ? 'danger' : 'warning'}>
                  {t(`leakKind.${leak.kind}`, { time: time(leak.heldMs) })}
                </Badge>
                {count > 1 ? <Badge>{t('times', { count })}</Badge> : null}
                <span className="ms-auto text-text-muted tabular">{format.timeWithSeconds(leak.at)}</span>
              </p>
              <Disclosure label={t('stack')}>
                <pre
                  dir="ltr"
                  className="rounded-md bg-sunken p-3 font-mono text-xs wrap-anywhere whitespace-pre-wrap text-text-muted"
                >
                  {leak.stack}
                </pre>
              </Disclosure>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
