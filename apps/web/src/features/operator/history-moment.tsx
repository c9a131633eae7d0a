import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import type { Moment } from './history-moments.ts'
import { useConnectionWords } from './use-connection-words.ts'

/** Who held and who waited in one half minute: the answer to "why was it slow at 14:05?". */
export function HistoryMoment({ moment }: { moment: Moment }) {
  const t = useTranslations('operator.moment')
  const format = useFormat()
  const { time } = useConnectionWords()
  const at = format.timeWithSeconds(new Date(moment.at).toISOString())
  if (!moment.isKnown) return <p className="text-sm text-text-muted">{t('unknown', { at })}</p>
  const { waits, waiting, refused } = moment
  return (
    <div className="grid gap-x-8 gap-y-4 text-sm md:grid-cols-3">
      <div>
        <h3 className="font-semibold tabular">{at}</h3>
        <p className="mt-1 text-text-muted">{t('waited', { waiting, refused })}</p>
        {waits.count > 0 ? (
          <p className="text-text-muted">
            {t('waits', { count: waits.count, p50: time(waits.p50Ms), p99: time(waits.p99Ms) })}
          </p>
        ) : null}
      </div>
      <Named title={t('held')} none={t('nobodyHeld')}>
        {moment.holders.map(({ tenant, label, connections }) => (
          <Entry
            key={`${tenant} ${label}`}
            tenant={tenant}
            label={label}
            figure={format.number(Math.round(connections * 100) / 100)}
          />
        ))}
      </Named>
      <Named title={t('whoWaited')} none={t('nobodyWaited')}>
        {moment.waiters.map(({ tenant, waits: count, longestMs, refused: lost }) => (
          <Entry
            key={tenant}
            tenant={tenant}
            label={lost > 0 ? t('lost', { count: lost }) : ''}
            figure={t('waiterFigure', { count, longest: time(longestMs) })}
          />
        ))}
      </Named>
    </div>
  )
}

function Named({ title, none, children }: { title: string; none: string; children: ReactNode[] }) {
  return (
    <div className="min-w-0">
      <h3 className="text-xs font-medium text-text-muted">{title}</h3>
      {children.length === 0 ? (
        <p className="mt-1 text-text-muted">{none}</p>
      ) : (
        <ul className="mt-1 flex flex-col gap-0.5">{children}</ul>
      )}
    </div>
  )
}

function Entry({ tenant, label, figure }: { tenant: string; label: string; figure: string }) {
  const { name } = useConnectionWords()
  return (
    <li className="flex items-baseline gap-2">
      <bdi className="font-medium">{name(tenant)}</bdi>
      <bdi className="min-w-0 truncate font-mono text-xs text-text-muted">{label}</bdi>
      <span className="ms-auto shrink-0 text-xs tabular">{figure}</span>
    </li>
  )
}
