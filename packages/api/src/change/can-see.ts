import type { Access } from '../permission/access.ts'
import type { Change } from './change.ts'

/** Whether a reader of the tenant's changes may see this one. Who may read conversations at all is checked before. */
export function canSee(change: Change, reader: { userId: string; access: Access }): boolean {
  switch (change.kind) {
    case 'customer.created':
    case 'customer.updated':
      return reader.access.permissions.has('customer:read')
    case 'conversation.read':
      return change.userId === reader.userId
    case 'conversation.created':
    case 'conversation.updated':
    case 'message.created':
    case 'role.changed':
      return true
  }
}
