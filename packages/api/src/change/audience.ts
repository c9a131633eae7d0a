import type { Access } from '../permission/access.ts'
import type { Permission } from '../permission/schema.ts'
import type { Change } from './change.ts'

/** Whom a change is announced to, among those who may read conversations at all. Both left out: to all of them. */
export interface Audience {
  permission?: Permission
  userId?: string
}

interface Reader {
  userId: string
  access: Access
}

const EVERY_READER: Audience = {}
const READERS_OF_CUSTOMERS: Audience = { permission: 'customer:read' }

/** The same for all who look: who asks changes nothing, so that bytes can be made once for many readers. */
export function audienceOf(change: Change): Audience {
  switch (change.kind) {
    case 'customer.created':
    case 'customer.updated':
    case 'customer.noted':
    case 'customer.configured':
    case 'customer.merged':
      return READERS_OF_CUSTOMERS
    case 'conversation.read':
    case 'notification.configured':
      return { userId: change.userId }
    case 'view.changed':
      return audienceOfView(change)
    case 'canned-reply.changed':
      return change.userId === null ? EVERY_READER : { userId: change.userId }
    case 'conversation.created':
    case 'conversation.updated':
    case 'message.created':
    case 'chat.configured':
    case 'message.updated':
    case 'scheduled.changed':
    case 'role.changed':
    case 'tenant.changed':
      return EVERY_READER
  }
}

/** Whoever lost a view that was shared needs to hear of it too, so a shared one that became somebody's own is told to all. */
function audienceOfView({ of, userId }: Extract<Change, { kind: 'view.changed' }>): Audience {
  if (userId !== undefined) return { userId }
  return of === 'customer' ? READERS_OF_CUSTOMERS : EVERY_READER
}

/** Whether a reader of the tenant's changes may see this one. Who may read conversations at all is checked before. */
export function canSee(change: Change, reader: Reader): boolean {
  return isFor(audienceOf(change), reader)
}

export function isFor({ permission, userId }: Audience, reader: Reader): boolean {
  if (permission !== undefined && !reader.access.permissions.has(permission)) return false
  return userId === undefined || userId === reader.userId
}
