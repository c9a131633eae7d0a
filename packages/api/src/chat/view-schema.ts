import { z } from 'zod'
import { changedViewFields, newViewFields } from '../view/schema.ts'
import { CONVERSATION_SORTS, ListConversationsInput } from './schema.ts'

/** A list of conversations as it can be saved: what is left out is as it is without a view. */
export const ConversationViewContent = z.strictObject({
  filter: ListConversationsInput.omit({ customerId: true, sort: true, cursor: true, limit: true }),
  sort: z.enum(CONVERSATION_SORTS).optional(),
})
export type ConversationViewContent = z.infer<typeof ConversationViewContent>

export const CreateConversationViewInput = z.strictObject({
  ...newViewFields,
  content: ConversationViewContent,
})
export const UpdateConversationViewInput = z.strictObject({
  ...changedViewFields,
  content: ConversationViewContent.optional(),
})
