import { z } from 'zod'
import { CONVERSATION_SEARCH_LENGTH_MAX, isStorable, NOT_STORABLE } from '../chat/schema.ts'

/** Conversations that one may be made of, itself among them. */
export const CONVERSATION_PARTS_MAX = 50
/** For so long a merge can be taken back. */
export const CONVERSATION_SEPARATE_DAYS_MAX = 30
/** Conversations that are offered to merge with: the likeliest first. */
export const MERGE_CANDIDATES_MAX = 20
/** Digits after which a search is for a number, too. */
export const CANDIDATE_DIGITS_MIN = 4

export const ListCandidatesInput = z.strictObject({
  conversationId: z.uuid(),
  /** A customer's name or number, a subject, the last words; or a conversation's address. Left out: what is likeliest. */
  search: z
    .string()
    .trim()
    .max(CONVERSATION_SEARCH_LENGTH_MAX)
    .refine(isStorable, { error: NOT_STORABLE })
    .optional(),
})
export type ListCandidatesInput = z.infer<typeof ListCandidatesInput>

const pair = {
  /** The one that becomes a part. */
  mergedConversationId: z.uuid(),
  /** The one that goes on. */
  survivorConversationId: z.uuid(),
}

export const PreviewConversationMergeInput = z.strictObject(pair)
export type PreviewConversationMergeInput = z.infer<typeof PreviewConversationMergeInput>

export const MergeConversationsInput = z.strictObject({
  ...pair,
  /** Somebody has read that they are of different customers. */
  ofDifferentCustomers: z.boolean().optional(),
})
export type MergeConversationsInput = z.infer<typeof MergeConversationsInput>

export const SeparateConversationsInput = z.strictObject({ conversationMergeId: z.uuid() })
export type SeparateConversationsInput = z.infer<typeof SeparateConversationsInput>

export const MergesOfConversationInput = z.strictObject({ conversationId: z.uuid() })
export type MergesOfConversationInput = z.infer<typeof MergesOfConversationInput>

/** Why two conversations cannot be merged, or a merge not be taken back: `details.reason` of a CONFLICT. */
export const MERGE_REFUSALS = ['merged', 'customers', 'full', 'labels', 'later', 'too-late'] as const
export type MergeRefusal = (typeof MERGE_REFUSALS)[number]
