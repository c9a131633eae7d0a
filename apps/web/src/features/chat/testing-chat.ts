import type { ConversationForMember, Message } from '@sarai/api'
import type { NewEntry } from './outbox.ts'

/** A believable UUID that says which one it is. */
export function uuid(number: number): string {
  return `00000000-0000-4000-8000-${number.toString(16).padStart(12, '0')}`
}

export const CONVERSATION_ID = uuid(0xc0)
export const ME = { id: uuid(0xa1), name: 'Ayesha' }
export const COLLEAGUE = { id: uuid(0xa2), name: 'Bilal' }

const START = Date.UTC(2026, 10, 23, 9, 0, 0)

/** The message with this number: sent by the customer, a minute after the one before. */
export function makeMessage(seq: number, overrides: Partial<Message> = {}): Message {
  return {
    id: uuid(0x1000 + seq),
    conversationId: CONVERSATION_ID,
    seq,
    clientId: uuid(0x2000 + seq),
    authorKind: 'customer',
    authorId: null,
    authorName: 'Imran',
    private: false,
    body: `message ${seq}`,
    createdAt: new Date(START + seq * 60_000).toISOString(),
    ...overrides,
  }
}

export function makeMine(seq: number, overrides: Partial<Message> = {}): Message {
  return makeMessage(seq, { authorKind: 'agent', authorId: ME.id, authorName: ME.name, ...overrides })
}

export function makeNewEntry(number: number, overrides: Partial<NewEntry> = {}): NewEntry {
  return {
    clientId: uuid(0x3000 + number),
    conversationId: CONVERSATION_ID,
    body: `written ${number}`,
    private: false,
    lastSeenSeq: 0,
    writtenAt: new Date(START + number * 1000).toISOString(),
    ...overrides,
  }
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
}

export function makeConversation(
  number: number,
  overrides: Partial<ConversationForMember> = {},
): ConversationForMember {
  const updatedAt = new Date(START + number * 60_000).toISOString()
  return {
    id: uuid(0x4000 + number),
    customerId: uuid(0x5000 + number),
    customerName: `Customer ${number}`,
    subject: null,
    status: 'open',
    assigneeId: null,
    assigneeName: null,
    teamId: null,
    priority: 'none',
    labelIds: [],
    lastSeq: 10,
    lastMessageAt: updatedAt,
    lastMessagePreview: `preview ${number}`,
    waitingSince: null,
    snoozedUntil: null,
    resolvedAt: null,
    createdAt: new Date(START).toISOString(),
    updatedAt,
    mergedInto: null,
    lastReadSeq: 10,
    unread: 0,
    ...overrides,
  }
}
