import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { APART, useTrpc } from '../../lib/trpc.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { findBusiest, levelOf, toWeek, weekdaysFrom } from './busy-hours.ts'
import { Card } from './card.tsx'
import type { DashboardRange } from './dashboard-range.ts'
import { type ConversationsBehind, ConversationsLink } from './list-link.tsx'
import { useGridSteps } from './use-grid-steps.ts'

const LEVELS = ['bg-sunken', 'bg-chart-1/20', 'bg-chart-1/40', 'bg-chart-1/70', 'bg-chart-1'] as const
const NAMED_HOURS = new Set([0, 6, 12, 18])

/**
 * When customers write. A real table: the colours are for the eye, the numbers in it for everybody. Each opens the
 * conversations of its hour; the keyboard comes to the busiest and goes on with the arrow keys.
 */
export function BusyHoursCard({ range }: { range: DashboardRange }) {
  const t = useTranslations('dashboard.busy')
  const trpc = useTrpc()
  const { data: profile } = useQuery(trpc.tenant.profile.queryOptions())
  const query = useQuery({
    ...trpc.dashboard.busyHours.queryOptions(range, APART),
    placeholderData: keepPreviousData,
  })
  return (
    <Card
      title={t('title')}
      hint={query.data ? t('hint', { zone: query.data.range.timeZone.replaceAll('_', ' ') }) : undefined}
      query={query}
      skeleton={<Skeleton className="h-48" />}
    >
      {({ items, range: { timeZone, ...period } }) => (
        <Week
          week={toWeek(items)}
          weekStartsOn={profile?.weekStartsOn ?? 0}
          behind={(weekday, hour) => ({ moment: 'asked', period, weekly: { weekday, hour, timeZone } })}
        />
      )}
    </Card>
  )
}

/** The conversations in which customers wrote in an hour of the week. */
type Behind = (weekday: number, hour: number) => ConversationsBehind

interface WeekProps {
  week: number[][]
  weekStartsOn: number
  behind: Behind
}

function Week({ week, weekStartsOn, behind }: WeekProps) {
  const t = useTranslations('dashboard.busy')
  const format = useFormat()
  const steps = useGridSteps()
  const busiest = findBusiest(week)
  if (!busiest) return <EmptyState title={t('empty')} text={t('emptyText')} />
  return (
    <>
      <p className="mb-3 text-sm text-text-muted">
        <ConversationsLink behind={behind(busiest.weekday, busiest.hour)}>
          {t('busiest', { day: format.weekday(busiest.weekday, 'long'), hour: format.hour(busiest.hour) })}
        </ConversationsLink>
      </p>
      <table
        {...steps}
        className="w-full table-fixed border-separate border-spacing-0.5 text-xs text-text-muted"
      >
        <caption className="sr-only">{t('title')}</caption>
        <thead>
          <tr>
            <td className="w-10" />
            {week[0]?.map((_, hour) => (
              <th
                key={format.hour(hour)}
                scope="col"
                className="overflow-visible pb-1 text-start font-normal whitespace-nowrap"
              >
                <span className={NAMED_HOURS.has(hour) ? 'tabular' : 'sr-only'}>{format.hour(hour)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weekdaysFrom(weekStartsOn).map((weekday) => (
            <Day
              key={format.weekday(weekday, 'long')}
              hours={week[weekday] ?? []}
              weekday={weekday}
              busiest={busiest}
              behind={behind}
            />
          ))}
        </tbody>
      </table>
    </>
  )
}

interface DayProps {
  hours: number[]
  weekday: number
  busiest: { weekday: number; hour: number; messages: number }
  behind: Behind
}

function Day({ hours, weekday, busiest, behind }: DayProps) {
  const t = useTranslations('dashboard.busy')
  const format = useFormat()
  const day = format.weekday(weekday, 'long')
  return (
    <tr>
      <th scope="row" className="truncate text-start font-normal">
        {format.weekday(weekday, 'short')}
      </th>
      {hours.map((messages, hour) => {
        const isBusiest = weekday === busiest.weekday && hour === busiest.hour
        const words = t('cell', { day, hour: format.hour(hour), count: messages })
        return (
          <td
            key={format.hour(hour)}
            title={words}
            className={`h-5 rounded-[3px] p-0 ${LEVELS[levelOf(messages, busiest.messages)]}`}
          >
            {messages === 0 ? (
              <span className="sr-only">{format.number(messages)}</span>
            ) : (
              <ConversationsLink
                behind={behind(weekday, hour)}
                tabIndex={isBusiest ? 0 : -1}
                className="block h-5 rounded-[3px] hover:outline-2 hover:outline-line-strong"
              >
                <span className="sr-only">{words}</span>
              </ConversationsLink>
            )}
          </td>
        )
      })}
    </tr>
  )
}
