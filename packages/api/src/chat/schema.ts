import { z } from 'zod'

export const MESSAGE_BODY_LENGTH_MAX = 10_000
export const SUBJECT_LENGTH_MAX = 200
export const CONVERSATION_SEARCH_LENGTH_MAX = 100
export const CHAT_LIST_LIMIT_MAX = 100
export const CHAT_LIST_LIMIT_DEFAULT = 50
/** Unseen messages that come with a CONFLICT; older ones are read with chat.message.list. */
export const CONFLICT_MESSAGES_MAX = 50
const CURSOR_LENGTH_MAX = 500

export const CONVERSATION_STATUSES = ['open', 'snoozed', 'resolved'] as const
/** Whose conversations: assigned to me, to nobody, or everybody's. */
export const CONVERSATION_BOXES = ['mine', 'unassigned', 'all'] as const

export const ListConversationsInput = z.strictObject({
  box: z.enum(CONVERSATION_BOXES).optional(),
  status: z.enum(CONVERSATION_STATUSES).optional(),
  customerId: z.uuid().optional(),
  /** Customers who wrote and have no answer yet. */
  waiting: z.boolean().optional(),
  search: z.string().trim().max(CONVERSATION_SEARCH_LENGTH_MAX).optional(),
  cursor: z.string().max(CURSOR_LENGTH_MAX).nullish(),
  limit: z.int().min(1).max(CHAT_LIST_LIMIT_MAX).optional(),
})
export type ListConversationsInput = z.infer<typeof ListConversationsInput>

export const ConversationIdInput = z.strictObject({ id: z.uuid() })
export type ConversationIdInput = z.infer<typeof ConversationIdInput>

export const CreateConversationInput = z.strictObject({
  customerId: z.uuid(),
  subject: z
    .string()
    .trim()
    .max(SUBJECT_LENGTH_MAX)
    .transform((text) => (text === '' ? null : text))
    .nullish(),
})
export type CreateConversationInput = z.infer<typeof CreateConversationInput>

export const SetConversationStatusInput = z
  .strictObject({
    id: z.uuid(),
    status: z.enum(CONVERSATION_STATUSES),
    snoozedUntil: z.iso.datetime().optional(),
  })
  .refine((input) => (input.status === 'snoozed') === (input.snoozedUntil !== undefined), {
    path: ['snoozedUntil'],
    error: 'Say until when, for a snoozed conversation and for no other.',
  })
export type SetConversationStatusInput = z.infer<typeof SetConversationStatusInput>

export const AssignConversationInput = z.strictObject({
  id: z.uuid(),
  /** null: nobody. */
  assigneeId: z.uuid().nullable(),
})
export type AssignConversationInput = z.infer<typeof AssignConversationInput>

export const MarkReadInput = z.strictObject({ id: z.uuid(), seq: z.int().min(0) })
export type MarkReadInput = z.infer<typeof MarkReadInput>

export const ListMessagesInput = z.strictObject({
  conversationId: z.uuid(),
  /** Only messages before this one. */
  beforeSeq: z.int().positive().optional(),
  /** The nextCursor of the page before; the same as beforeSeq. */
  cursor: z.int().positive().nullish(),
  limit: z.int().min(1).max(CHAT_LIST_LIMIT_MAX).optional(),
})
export type ListMessagesInput = z.infer<typeof ListMessagesInput>

export const SendMessageInput = z.strictObject({
  conversationId: z.uuid(),
  clientId: z.uuid(),
  body: z.string().max(MESSAGE_BODY_LENGTH_MAX).refine((body) => body.trim() !== '', {
    error: 'Write something first.',
  }),
  /** The last message the author had on screen. Behind somebody else's reply: CONFLICT. */
  lastSeenSeq: z.int().min(0).optional(),
  /** A note only members see. */
  private: z.boolean().optional(),
})
export type SendMessageInput = z.infer<typeof SendMessageInput>

export const ChangesInput = z.strictObject({
  /** The id of the last change that arrived; left out: from now on. */
  lastEventId: z.string().regex(/^\d{1,16}$/).nullish(),
})
export type ChangesInput = z.infer<typeof ChangesInput>
