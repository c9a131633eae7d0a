import { expect, test } from 'vitest'
import type { NumberedChange } from '../change/change.ts'
import { RULE_DEPTH_MAX } from '../rule/schema.ts'
import type { Conversation, Message } from './model.ts'
import { eventsOf, isMeant } from './rule-events.ts'

const conversation = { id: 'c', status: 'open' } as Conversation
const base = { seq: 1, at: '', entityId: 'c', conversation }
const wrote = (message: Partial<Message>, more: object = {}) =>
  ({
    ...base,
    kind: 'message.created',
    message: { private: false, body: 'hi', ...message },
    ...more,
  }) as NumberedChange
const kinds = (change: NumberedChange) => eventsOf(change).map(({ kind }) => kind)

test('a change is what happened: written by whom, with which consequence, and nothing for a note', () => {
  expect(kinds({ ...base, kind: 'conversation.created' })).toEqual(['conversationCreated'])
  expect(kinds(wrote({ authorKind: 'customer' }))).toEqual(['customerWrote'])
  expect(kinds(wrote({ authorKind: 'customer' }, { statusBefore: 'resolved' }))).toEqual([
    'customerWrote',
    'statusChanged',
  ])
  expect(kinds(wrote({ authorKind: 'agent' }))).toEqual(['agentReplied'])
  expect(kinds(wrote({ authorKind: 'agent', private: true }))).toEqual([])
  expect(kinds(wrote({ authorKind: 'system' }))).toEqual([])
  expect(kinds({ ...base, kind: 'conversation.updated' })).toEqual([])
  const woken = { ...base, kind: 'conversation.updated', statusBefore: 'snoozed', isWoken: true } as const
  expect(kinds(woken)).toEqual(['snoozeEnded', 'statusChanged'])
})

test('a chain of rules ends at the stated depth', () => {
  const at = (ruleDepth: number) => kinds(wrote({ authorKind: 'customer' }, { ruleDepth }))
  expect(at(RULE_DEPTH_MAX - 1)).toEqual(['customerWrote'])
  expect(at(RULE_DEPTH_MAX)).toEqual([])
})

test('a rule that waits for one status does not hear of another', () => {
  const [event] = eventsOf({ ...base, kind: 'conversation.updated', statusBefore: 'resolved' })
  if (!event) throw new Error('no event')
  expect(isMeant({ kind: 'statusChanged' }, event)).toBe(true)
  expect(isMeant({ kind: 'statusChanged', to: 'open' }, event)).toBe(true)
  expect(isMeant({ kind: 'statusChanged', to: 'resolved' }, event)).toBe(false)
  expect(isMeant({ kind: 'customerWrote' }, event)).toBe(false)
})
