import { foldWords } from '@sarai/db'
import { describe, expect, test } from 'vitest'
import {
  CreateCannedReplyInput,
  ListConversationsInput,
  MESSAGE_BODY_LENGTH_MAX,
  SUBJECT_LENGTH_MAX,
} from '../chat/schema.ts'
import { CUSTOMER_NAME_LENGTH_MAX } from '../customer/schema.ts'
import { RABIN, ZAITOON } from './content/businesses.ts'
import { CreateLabelInput } from '../label/schema.ts'
import { CreateMacroInput } from '../macro/schema.ts'
import { CreateRuleInput } from '../rule/schema.ts'
import type { Business } from './content/dialogue.ts'
import { makeConversations } from './make-conversations.ts'
import { makeCustomers } from './make-customers.ts'
import { makeWorkspace } from './make-workspace.ts'
import { DEMO_STAFF } from './people.ts'
import { Random } from './random.ts'

const NOW = new Date('2026-11-23T12:00:00Z')
const URDU_LETTERS = /[\u0600-\u06ff]/

function makeDesk(business: Business) {
  const random = new Random(business.seed)
  const customers = makeCustomers(business, random, NOW)
  const staff = (DEMO_STAFF[business.tenantKey] ?? []).map((person) => ({
    ...person,
    userId: random.id(NOW),
  }))
  const agents = staff.slice(0, 2)
  const readers = agents.map(({ userId }) => userId)
  const conversations = makeConversations({ business, customers, agents, readers, random, now: NOW })
  const workspace = makeWorkspace({ content: business.workspace, staff, conversations, random, now: NOW })
  return { customers, conversations, workspace }
}

describe.each([RABIN, ZAITOON])('the demo of $tenantKey', (business) => {
  const desk = makeDesk(business)

  test('is the same every time', () => {
    expect(makeDesk(business)).toEqual(desk)
  })

  test('has a few hundred customers, no two with the same name, e-mail or phone', () => {
    expect(desk.customers.length).toBeGreaterThan(200)
    for (const field of ['name', 'email', 'phone'] as const) {
      const values = desk.customers.flatMap(({ row }) => row[field] ?? [])
      expect(new Set(values).size, field).toBe(values.length)
    }
  })

  test('has some who were entered again in other letters', () => {
    const words = desk.customers.flatMap(({ row }) => (row.archived_at ? [] : [foldWords(row.name)]))
    const again = words.filter((name, at) => words.indexOf(name) !== at)
    expect(again.length).toBeGreaterThan(2)
    expect(new Set(again).size).toBe(again.length - 1)
  })

  test('has conversations in every status, waiting and unassigned ones among them', () => {
    const rows = desk.conversations.map(({ row }) => row)
    for (const status of ['open', 'snoozed', 'resolved']) {
      expect(rows.filter((row) => row.status === status).length, status).toBeGreaterThan(2)
    }
    expect(rows.filter((row) => row.waiting_since !== null).length).toBeGreaterThan(2)
    expect(rows.filter((row) => row.assignee_id === null).length).toBeGreaterThan(0)
  })

  test('speaks English and Urdu', () => {
    const bodies = desk.conversations.flatMap(({ messages }) => messages.map(({ body }) => body))
    const inUrdu = bodies.filter((body) => URDU_LETTERS.test(body))
    expect(inUrdu.length / bodies.length).toBeGreaterThan(0.2)
    expect(inUrdu.length / bodies.length).toBeLessThan(0.7)
  })

  test('has what a person could have made in the settings, and sorts some conversations with it', () => {
    const { labels, replies, macros, rules, views, conversationLabels, sorting } = desk.workspace
    for (const { name, color } of labels) CreateLabelInput.parse({ name, color })
    for (const { shortcut, body } of replies) CreateCannedReplyInput.parse({ shortcut, body, isTeams: true })
    for (const { name, acts } of macros) CreateMacroInput.parse({ name, acts: JSON.parse(acts) })
    for (const { name, is_on: isOn, happens, conditions, acts } of rules) {
      const [trigger, ...others] = [happens, conditions, acts].map((text) => JSON.parse(text) as unknown)
      CreateRuleInput.parse({ name, isOn: isOn === 1, trigger, conditions: others[0], acts: others[1] })
    }
    for (const { content } of views)
      ListConversationsInput.parse((JSON.parse(content) as { filter: unknown }).filter)
    for (const { id } of labels)
      expect(conversationLabels.filter((label) => label.label_id === id).length).toBeGreaterThan(2)
    expect([...sorting.values()].some(({ teamId }) => teamId !== null)).toBe(true)
    expect([...sorting.values()].some(({ priority }) => priority > 0)).toBe(true)
  })

  test('names a colleague in some notes', () => {
    for (const { messages, mentions } of desk.conversations)
      for (const { message_id: id, name } of mentions)
        expect(messages.find((message) => message.id === id)?.body).toContain(`@${name}`)
    expect(desk.conversations.flatMap(({ mentions }) => mentions).length).toBeGreaterThan(2)
  })

  test('leaves no slot unfilled and stays inside the limits of the product', () => {
    for (const { row } of desk.customers)
      expect(row.name.length).toBeLessThanOrEqual(CUSTOMER_NAME_LENGTH_MAX)
    for (const { row, messages } of desk.conversations) {
      expect(row.subject?.length).toBeLessThanOrEqual(SUBJECT_LENGTH_MAX)
      for (const text of [row.subject, ...messages.map(({ body }) => body)]) expect(text).not.toMatch(/[{}]/)
      for (const { body } of messages) expect(body.length).toBeLessThanOrEqual(MESSAGE_BODY_LENGTH_MAX)
    }
  })

  test('numbers the messages of a conversation without gaps, in the order of time, none in the future', () => {
    for (const { row, messages } of desk.conversations) {
      expect(messages.map(({ seq }) => seq)).toEqual(messages.map((_, index) => index + 1))
      expect(row.last_seq).toBe(messages.length)
      const times = messages.map(({ created_at: at }) => at.getTime())
      expect(times).toEqual(times.toSorted((one, other) => one - other))
      expect(Math.max(...times)).toBeLessThanOrEqual(NOW.getTime())
    }
  })
})
