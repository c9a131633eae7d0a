import type { NumberedChange } from '@sarai/api'
import { describe, expect, test } from 'vitest'
import { NEWS_AGE_MAX_MS, toNotice } from './to-notice.ts'

const NOW = Date.parse('2026-11-26T10:00:00Z')
const me = { userId: 'me', now: NOW }

const conversation = {
  id: 'c1',
  customerId: 'k1',
  customerName: 'Amina Baloch',
  subject: null,
  status: 'open' as const,
  assigneeId: 'me' as string | null,
  assigneeName: null,
  teamId: null,
  priority: 'none' as const,
  labelIds: [],
  lastSeq: 1,
  lastMessageAt: null,
  lastMessagePreview: 'Salaam',
  waitingSince: null,
  snoozedUntil: null,
  resolvedAt: null,
  createdAt: '',
  updatedAt: '',
  mergedInto: null,
}

function written(by: 'customer' | 'agent', assigneeId: string | null, at = NOW): NumberedChange {
  return {
    kind: 'message.created',
    entityId: 'c1',
    seq: 1,
    at: new Date(at).toISOString(),
    conversation: { ...conversation, assigneeId },
    message: {
      id: 'm1',
      conversationId: 'c1',
      seq: 1,
      clientId: 'x',
      authorKind: by,
      authorId: null,
      authorName: null,
      private: false,
      body: 'Salaam',
      createdAt: '',
    },
  }
}

function noted(author: string, mentions: string[]): NumberedChange {
  const change = written('agent', 'other')
  if (change.kind !== 'message.created') throw new Error('a message was expected')
  const note = {
    private: true,
    authorId: author,
    mentions: mentions.map((userId) => ({ userId, name: 'Bilal' })),
  }
  return { ...change, message: { ...change.message, ...note } }
}

function assigned(by: string | undefined, to: string | null): NumberedChange {
  return {
    kind: 'conversation.updated',
    entityId: 'c1',
    seq: 1,
    at: new Date(NOW).toISOString(),
    conversation: { ...conversation, assigneeId: to },
    ...(by !== undefined && { assignedBy: by }),
  }
}

describe('what is news to me', () => {
  test.each([
    ['a customer in a conversation of mine', written('customer', 'me'), 'mine'],
    ['a customer where nobody is responsible', written('customer', null), 'unassigned'],
    ['a note that names me, in whoever’s conversation', noted('boss', ['other', 'me']), 'mention'],
    ['a conversation that somebody gave me', assigned('boss', 'me'), 'assigned'],
  ])('%s', (_, change, kind) => {
    expect(toNotice(change, me)).toEqual({
      kind,
      conversationId: 'c1',
      customerName: 'Amina Baloch',
      text: 'Salaam',
    })
  })

  test.each([
    ['a customer in somebody else’s conversation', written('customer', 'other')],
    ['what an agent wrote', written('agent', 'me')],
    ['a note that names somebody else', noted('boss', ['other'])],
    ['a note of my own that names me', noted('me', ['me'])],
    ['what I took myself', assigned('me', 'me')],
    ['what was given to somebody else', assigned('boss', 'other')],
    ['another change of a conversation of mine', assigned(undefined, 'me')],
    ['what is too old', written('customer', 'me', NOW - NEWS_AGE_MAX_MS - 1)],
  ])('not %s', (_, change) => {
    expect(toNotice(change, me)).toBeNull()
  })
})
