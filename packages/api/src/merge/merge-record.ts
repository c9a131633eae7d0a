import { z } from 'zod'

const at = z.string().nullable()

/** What of a conversation a merge changes, as it is stored; times in ISO 8601. */
export const Standing = z.object({
  status: z.enum(['open', 'snoozed', 'resolved']),
  snoozed_until: at,
  resolved_at: at,
  waiting_since: at,
  first_customer_message_at: at,
  first_response_at: at,
  assignee_id: z.string().nullable(),
  team_id: z.string().nullable(),
  priority: z.int(),
  last_seq: z.int(),
  last_message_at: at,
  last_message_preview: z.string().nullable(),
})
export type Standing = z.infer<typeof Standing>

/** What undoing a merge needs, as `conversation_merges.details` has it. */
export const ConversationMergeRecord = z.object({
  /** Both before, and what the survivor became. */
  survivorWas: Standing,
  mergedWas: Standing,
  became: Standing,
  labelsAdded: z.array(z.string()),
  /** Messages for later that went along, and what they answered there. */
  scheduled: z.array(
    z.object({
      id: z.string(),
      replyToSeq: z.int().nullable(),
      seenSeq: z.int(),
      heldReason: z.string().nullable(),
    }),
  ),
})
export type ConversationMergeRecord = z.infer<typeof ConversationMergeRecord>
