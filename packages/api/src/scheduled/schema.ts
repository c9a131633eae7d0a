import { z } from 'zod'
import { MENTIONS_MAX, MessageText, NOTHING_WRITTEN } from '../chat/schema.ts'
import { FILES_PER_MESSAGE_MAX } from '../file/schema.ts'

/** How far ahead a message may be written. */
export const SCHEDULED_DAYS_MAX = 366
/** Messages that wait in one conversation, of all members together. */
export const SCHEDULED_PER_CONVERSATION_MAX = 10
/** The same of one member, in all conversations. */
export const SCHEDULED_PER_MEMBER_MAX = 200
/** What could not be sent for so long after its time is not sent any more without being looked at. */
export const SCHEDULED_LATE_MAX_HOURS = 6

/**
 * Why a message waits for its author instead of its time: somebody has answered since it was written, its author may not
 * answer any more, its customer is archived, its time was over long before anything could be sent, the tenant was
 * copied before its time came (packages/db writes that one), its conversation has become a part of another (merge writes it).
 */
export const HELD_REASONS = ['answered', 'not-allowed', 'archived', 'late', 'copied', 'merged'] as const
export type HeldReason = (typeof HELD_REASONS)[number]

const lastSeenSeq = z.int().min(0)

export const ScheduledOfConversationInput = z.strictObject({ conversationId: z.uuid() })
export type ScheduledOfConversationInput = z.infer<typeof ScheduledOfConversationInput>

export const CreateScheduledInput = z
  .strictObject({
    conversationId: z.uuid(),
    /** Made up by the caller, once for each message: the same again changes nothing. */
    clientId: z.uuid(),
    /** May be empty beside attachments. */
    body: MessageText,
    sendAt: z.iso.datetime(),
    /** The last message the author had on screen: it is held if somebody else has written after it. */
    lastSeenSeq,
    /** The message of this conversation that it answers, by its number. */
    replyToSeq: z.int().positive().optional(),
    /** Files of the author's that wait; they wait with it. */
    attachmentIds: z.array(z.uuid()).max(FILES_PER_MESSAGE_MAX).optional(),
    /** A note only members see. */
    private: z.boolean().optional(),
    /** Members who are named in it, and told so when it is sent. */
    mentions: z.array(z.uuid()).max(MENTIONS_MAX).optional(),
  })
  .refine((input) => input.private || !input.mentions?.length, {
    path: ['mentions'],
    error: 'Members are named in private notes: a customer reads everything else.',
  })
  .refine(({ body, attachmentIds = [] }) => body.trim() !== '' || attachmentIds.length > 0, {
    path: ['body'],
    error: NOTHING_WRITTEN,
  })
export type CreateScheduledInput = z.infer<typeof CreateScheduledInput>

export const UpdateScheduledInput = z.strictObject({
  scheduledId: z.uuid(),
  /** May be empty beside its attachments, which stay. */
  body: MessageText,
  sendAt: z.iso.datetime(),
  lastSeenSeq,
})
export type UpdateScheduledInput = z.infer<typeof UpdateScheduledInput>

export const SendScheduledNowInput = z.strictObject({ scheduledId: z.uuid(), lastSeenSeq })
export type SendScheduledNowInput = z.infer<typeof SendScheduledNowInput>

export const ScheduledIdInput = z.strictObject({ scheduledId: z.uuid() })
export type ScheduledIdInput = z.infer<typeof ScheduledIdInput>
