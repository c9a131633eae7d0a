import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { Badge } from '../../ui/badge.tsx'
import type { ConnectionsReport } from './connections-report.ts'
import { groupRuns } from './group-runs.ts'
import { Nothing, Panel } from './panel.tsx'
import { useConnectionWords } from './use-connection-words.ts'

/** Nothing was tried: who held what has nothing to do with it. */
const BREAKERS: ReadonlySet<string> = new Set(['account-refused', 'server-down'])
const LIST = 'divide-y divide-line rounded-lg border border-line bg-surface text-sm'

/** Who wants a connection and has none, and what they are waiting for. */
export function WaitingList({ report }: { report: ConnectionsReport }) {
  const t = useTranslations('operator')
  const { name, time, why } = useConnectionWords()
  return (
    <Panel title={t('waitingNow')} hint={t('waitingHint')}>
      {report.waiting.length === 0 ? (
        <Nothing>{t('nobodyWaits')}</Nothing>
      ) : (
        <ul className={LIST}>
          {report.waiting.map((waiting) => (
            <li key={waiting.tenant} className="px-4 py-2.5">
              <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
                <bdi className="font-medium">{name(waiting.tenant)}</bdi>
                <Badge tone="warning">{t('waitingHere', { count: waiting.count })}</Badge>
                <span className="ms-auto text-text-muted tabular">
                  {t('waitsFor', { time: time(waiting.longestWaitMs) })}
                </span>
              </p>
              <p className="mt-1 text-text-muted">
                {why(waiting.tenant, waiting.why)} <bdi className="font-mono text-xs">{waiting.label}</bdi>
              </p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

/** Hundreds may be refused at once: who looks for the reason reads it once. */
function sameRefusal({ tenant, label, reason, why }: ConnectionsReport['refusals'][number]): string {
  return JSON.stringify([tenant, label, reason, why.because])
}

/** Who got nothing, newest first, and why, as it was then. */
export function RefusalList({ report }: { report: ConnectionsReport }) {
  const t = useTranslations('operator')
  const format = useFormat()
  const { name, time, why } = useConnectionWords()
  return (
    <Panel title={t('refusals')} hint={t('refusalsHint')}>
      {report.refusals.length === 0 ? (
        <Nothing>{t('noRefusals')}</Nothing>
      ) : (
        <div role="region" aria-label={t('refusals')} tabIndex={0} className="max-h-96 overflow-y-auto">
          <ul className={LIST}>
            {groupRuns(report.refusals, sameRefusal).map(({ item: refusal, count }, index) => (
              <li key={`${refusal.at} ${index}`} className="px-4 py-2.5">
                <p className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
                  <bdi className="font-medium">{name(refusal.tenant)}</bdi>
                  <bdi className="font-mono text-xs text-text-muted">{refusal.label}</bdi>
                  {count > 1 ? <Badge>{t('times', { count })}</Badge> : null}
                  <span className="ms-auto text-text-muted tabular">
                    {format.timeWithSeconds(refusal.at)}
                  </span>
                </p>
                <p className="mt-1 text-text-muted">
                  {t(`reason.${refusal.reason}`, { time: time(refusal.waitedMs) })}{' '}
                  {BREAKERS.has(refusal.reason) ? null : why(refusal.tenant, refusal.why)}
                </p>
              </li>
            ))}
          </ul>
        </div>
      )}
    </Panel>
  )
}
