import { expect, test } from 'vitest'
import { joinStandings } from './join-standings.ts'
import type { Standing } from './merge-record.ts'

const EMPTY: Standing = {
  status: 'open',
  snoozed_until: null,
  resolved_at: null,
  waiting_since: null,
  first_customer_message_at: null,
  first_response_at: null,
  assignee_id: null,
  team_id: null,
  priority: 0,
  last_seq: 0,
  last_message_at: null,
  last_message_preview: null,
}
const at = (hour: number) => `2026-11-26T${String(hour).padStart(2, '0')}:00:00.000Z`
const open: Partial<Standing> = {}
const resolved: Partial<Standing> = { status: 'resolved', resolved_at: at(9) }
const snoozed = (hour: number): Partial<Standing> => ({ status: 'snoozed', snoozed_until: at(hour) })

test.each([
  ['an open one', resolved, open, open],
  ['an open one, whatever the other is', open, snoozed(12), open],
  ['a snoozed one', resolved, snoozed(12), snoozed(12)],
  ['the sooner of two snoozes', snoozed(14), snoozed(12), snoozed(12)],
  ['its own snooze if that is sooner', snoozed(12), snoozed(14), snoozed(12)],
  ['its own end, if both are over', resolved, { status: 'resolved', resolved_at: at(11) } as const, resolved],
])('the survivor comes back with %s', (...[, survivor, merged, expected]) => {
  const { status, snoozed_until, resolved_at } = { ...EMPTY, ...expected }
  expect(joinStandings({ ...EMPTY, ...survivor }, { ...EMPTY, ...merged })).toMatchObject({
    ...{ status, snoozed_until, resolved_at },
  })
})

test('its own assignee and team stay, the other fills a gap, and what asks for more wins', () => {
  const survivor = { ...EMPTY, assignee_id: 'amir', priority: 2, waiting_since: at(10), last_seq: 4 }
  const merged = {
    ...EMPTY,
    assignee_id: 'sana',
    team_id: 'sales',
    priority: 1,
    waiting_since: at(9),
    last_seq: 9,
  }
  expect(joinStandings(survivor, merged)).toMatchObject({
    ...{ assignee_id: 'amir', team_id: 'sales', priority: 2, waiting_since: at(9), last_seq: 4 },
  })
})

test('it was first written to and first answered when the first of the two was, and says the last words of both', () => {
  const survivor = {
    ...EMPTY,
    ...{ first_customer_message_at: at(9), last_message_at: at(9), last_message_preview: 'earlier' },
  }
  const merged = {
    ...EMPTY,
    ...{ first_customer_message_at: at(10), first_response_at: at(11) },
    ...{ last_message_at: at(11), last_message_preview: 'later' },
  }
  for (const joined of [joinStandings(survivor, merged), joinStandings(merged, survivor)])
    expect(joined).toMatchObject({
      ...{ first_customer_message_at: at(9), first_response_at: at(11) },
      ...{ last_message_at: at(11), last_message_preview: 'later' },
    })
})
