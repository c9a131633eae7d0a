import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { measureDurations } from './durations.ts'
import type { Figure, ResponseTimes, Summary, Trend } from './model.ts'
import { type ComparedPeriod, toRange, toWire } from './period.ts'
import { type Counted, countByDay, countIn, countNow, listBusyHours, listWorkload } from './queries.ts'

type Db = Kysely<TenantTables>

/** Everything the dashboard shows, one statement after the other, so that one page takes one connection. */
export async function summarize(db: Db, input: { period: ComparedPeriod; userId: string }): Promise<Summary> {
  const { period, userId } = input
  return {
    now: await countNow(db, { userId }),
    ...(await summarizeTrend(db, period)),
    ...(await summarizeResponseTimes(db, period)),
    workload: await listWorkload(db, period),
    busyHours: await listBusyHours(db, period),
  }
}

/** Counts by day and in all, compared with the period before. */
export async function summarizeTrend(db: Db, period: ComparedPeriod): Promise<Trend> {
  const conversations = await countCompared(db, { what: 'conversations', period })
  const messages = await countCompared(db, { what: 'messages', period })
  const resolved = await countCompared(db, { what: 'resolved', period })
  const newCustomers = await countCompared(db, { what: 'newCustomers', period })
  return {
    range: toRange(period),
    conversations: conversations.figure,
    messages: messages.figure,
    resolved: resolved.figure,
    newCustomers: newCustomers.figure,
    days: period.days.map(({ date, ...day }) => ({
      date,
      ...toWire(day),
      conversations: conversations.byDay.get(date) ?? 0,
      messages: messages.byDay.get(date) ?? 0,
      resolved: resolved.byDay.get(date) ?? 0,
      newCustomers: newCustomers.byDay.get(date) ?? 0,
    })),
  }
}

async function countCompared(
  db: Db,
  { what, period }: { what: Counted; period: ComparedPeriod },
): Promise<{ figure: Figure; byDay: Map<string, number> }> {
  const byDay = await countByDay(db, { what, period })
  const count = [...byDay.values()].reduce((sum, each) => sum + each, 0)
  const before = await countIn(db, { what, period: period.before })
  return { figure: { count, before }, byDay }
}

/** First response and resolution, compared with the period before. */
export async function summarizeResponseTimes(db: Db, period: ComparedPeriod): Promise<ResponseTimes> {
  return {
    range: toRange(period),
    firstResponse: await measureDurations(db, { what: 'firstResponse', period }),
    resolution: await measureDurations(db, { what: 'resolution', period }),
  }
}
