import { DomainError } from '../errors.ts'
import { CONVERSATION_LABELS_MAX } from '../chat/schema.ts'
import { CONVERSATION_PARTS_MAX, CONVERSATION_SEPARATE_DAYS_MAX, type MergeRefusal } from './schema.ts'

const MESSAGES: Record<Exclude<MergeRefusal, 'merged'>, string> = {
  customers: 'These conversations are of different customers. Look at them again before you merge.',
  full: `A conversation is made of at most ${CONVERSATION_PARTS_MAX} others. Merge into another one.`,
  labels: `Together they have more than ${CONVERSATION_LABELS_MAX} labels. Take some off first.`,
  later: 'Another conversation has been merged into this one since. Undo that merge first.',
  'too-late': `A merge can be undone for ${CONVERSATION_SEPARATE_DAYS_MAX} days.`,
}

export function mergeRefusal(reason: Exclude<MergeRefusal, 'merged'>): DomainError {
  return new DomainError('CONFLICT', MESSAGES[reason], { details: { reason } })
}

export function sameConversation(): DomainError {
  const userMessage = 'A conversation cannot be merged with itself.'
  return new DomainError('INVALID', userMessage, { fields: { survivorConversationId: [userMessage] } })
}

export function unknownMerge(): DomainError {
  return new DomainError('NOT_FOUND', 'There is no such merge.')
}
