import { expect, test } from 'vitest'
import type { Conversation } from '../chat/model.ts'
import type { Customer } from '../customer/model.ts'
import { PERMISSIONS, type Permission } from '../permission/schema.ts'
import { canSee } from './audience.ts'
import type { Change } from './change.ts'

const now = '2026-11-23T00:00:00.000Z'
const customer: Customer = {
  id: 'customer',
  name: 'Amina',
  email: null,
  phone: null,
  company: null,
  city: null,
  about: null,
  owner: null,
  tags: [],
  fields: {},
  version: 1,
  archivedAt: null,
  createdAt: now,
  updatedAt: now,
  mergedInto: null,
}
const conversation: Conversation = {
  id: 'conversation',
  customerId: 'customer',
  customerName: 'Amina',
  subject: null,
  status: 'open',
  assigneeId: null,
  assigneeName: null,
  teamId: null,
  priority: 'none',
  labelIds: [],
  lastSeq: 0,
  lastMessageAt: null,
  lastMessagePreview: null,
  waitingSince: null,
  snoozedUntil: null,
  resolvedAt: null,
  createdAt: now,
  updatedAt: now,
  mergedInto: null,
}

function reader(permissions: readonly Permission[]) {
  const role = { id: 'role', name: 'Role', builtIn: null }
  return { userId: 'me', access: { role, permissions: new Set(permissions) } }
}

const sees = (change: Change, permissions: readonly Permission[] = ['chat:read']) =>
  canSee(change, reader(permissions))

test('customers are announced only to those who may read customers', () => {
  for (const kind of ['customer.created', 'customer.updated'] as const) {
    const change: Change = { kind, entityId: customer.id, customer }
    expect(sees(change)).toBe(false)
    expect(sees(change, ['chat:read', 'customer:read'])).toBe(true)
  }
})

test('how far somebody has read is announced only to them', () => {
  const read: Change = { kind: 'conversation.read', entityId: 'conversation', userId: 'me', lastReadSeq: 1 }
  expect(sees(read)).toBe(true)
  expect(sees({ ...read, userId: 'somebody else' }, PERMISSIONS)).toBe(false)
})

test('a view is announced to its maker alone, a shared one to those who may read its list', () => {
  const own: Change = { kind: 'view.changed', entityId: 'view', of: 'customer', userId: 'me' }
  expect(sees(own)).toBe(true)
  expect(sees({ ...own, userId: 'somebody else' }, PERMISSIONS)).toBe(false)
  const shared: Change = { kind: 'view.changed', entityId: 'view', of: 'customer' }
  expect(sees(shared)).toBe(false)
  expect(sees(shared, ['chat:read', 'customer:read'])).toBe(true)
  expect(sees({ ...shared, of: 'conversation' })).toBe(true)
})

test('conversations and changed roles are announced to every reader', () => {
  expect(sees({ kind: 'conversation.updated', entityId: 'conversation', conversation })).toBe(true)
  expect(sees({ kind: 'role.changed', entityId: 'role' })).toBe(true)
  expect(sees({ kind: 'tenant.changed', entityId: 'tenant' })).toBe(true)
})
