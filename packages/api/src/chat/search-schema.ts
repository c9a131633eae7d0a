import { z } from 'zod'
import {
  CHAT_LIST_LIMIT_MAX,
  CONVERSATION_SEARCH_LENGTH_MAX,
  CURSOR_LENGTH_MAX,
  isStorable,
  NOT_STORABLE,
} from './schema.ts'

/** A page of found messages, if nothing else is said. */
export const FOUND_LIMIT_DEFAULT = 20

/** Messages are found by words that begin as these do; all of them are there, in any order. */
export const SearchMessagesInput = z.strictObject({
  search: z
    .string()
    .trim()
    .min(1)
    .max(CONVERSATION_SEARCH_LENGTH_MAX)
    .refine(isStorable, { error: NOT_STORABLE }),
  /** In it and in its parts. */
  conversationId: z.uuid().optional(),
  /** Of whichever conversation, theirs and what was written to them. */
  customerId: z.uuid().optional(),
  /** A member, a key or a customer. */
  authorId: z.uuid().optional(),
  /** Whoever of them; what rules wrote is neither. */
  authorKind: z.enum(['customer', 'agent']).optional(),
  /** true: private notes alone; false: none of them. */
  private: z.boolean().optional(),
  /** Written at or after that moment. */
  from: z.iso.datetime().optional(),
  /** Written before it. */
  to: z.iso.datetime().optional(),
  cursor: z.string().max(CURSOR_LENGTH_MAX).nullish(),
  limit: z.int().min(1).max(CHAT_LIST_LIMIT_MAX).optional(),
})
export type SearchMessagesInput = z.infer<typeof SearchMessagesInput>
