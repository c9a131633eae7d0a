import { z } from 'zod'
import { isWeeklyInBounds, WEEKLY_DAYS_MAX, Within } from '../calendar/schema.ts'
import { FILES_PER_MESSAGE_MAX } from '../file/schema.ts'

/** Code points: what the database counts, and the same for every script. 4 bytes each at most: 40,000 of TEXT's 65,535. */
export const MESSAGE_BODY_LENGTH_MAX = 10_000
export const SUBJECT_LENGTH_MAX = 200
export const CONVERSATION_SEARCH_LENGTH_MAX = 100
export const CHAT_LIST_LIMIT_MAX = 100
export const CHAT_LIST_LIMIT_DEFAULT = 50
/** Unseen messages that come with a CONFLICT; older ones are read with chat.message.list. */
export const CONFLICT_MESSAGES_MAX = 50
/** How far ahead a conversation may be snoozed. */
export const SNOOZE_DAYS_MAX = 366
/** For so long after it was sent its author may edit or delete a message. */
export const MESSAGE_CHANGE_MINUTES_MAX = 15
/** Characters of what is answered that are shown above the answer. */
export const QUOTE_LENGTH_MAX = 160
/** Members named in one note. */
export const MENTIONS_MAX = 20
/** Labels of one conversation. */
export const CONVERSATION_LABELS_MAX = 20
export const CURSOR_LENGTH_MAX = 500

/** Half a surrogate pair cannot be stored, and NUL is cut off or refused by what reads it later. */
export function isStorable(text: string): boolean {
  return text.isWellFormed() && !text.includes('\0')
}
const TOO_LONG = `A message has at most ${MESSAGE_BODY_LENGTH_MAX} characters.`
export const NOTHING_WRITTEN = 'Write something first.'
export const NOT_STORABLE = 'This text contains characters that cannot be saved. Type it again.'

/** What is left to write: negative when the text is too long. */
export function messageLengthLeft(body: string): number {
  return MESSAGE_BODY_LENGTH_MAX - Array.from(body).length
}

/** What a member or a customer wrote, kept as it is; empty beside attachments. */
export const MessageText = z
  .string()
  // Two UTF-16 units are a code point at most: a text this long is refused before it is counted.
  .max(2 * MESSAGE_BODY_LENGTH_MAX, { error: TOO_LONG, abort: true })
  .refine((body) => messageLengthLeft(body) >= 0, { error: TOO_LONG })
  .refine(isStorable, { error: NOT_STORABLE })
export const MessageBody = MessageText.refine((body) => body.trim() !== '', { error: NOTHING_WRITTEN })

export const CONVERSATION_STATUSES = ['open', 'snoozed', 'resolved'] as const
/** Whose conversations: assigned to me, to nobody, everybody's, or those in which a note names me. */
export const CONVERSATION_BOXES = ['mine', 'unassigned', 'all', 'mentions'] as const

/** The column holds the place in this list. */
export const PRIORITIES = ['none', 'low', 'normal', 'high', 'urgent'] as const
export type Priority = (typeof PRIORITIES)[number]
export const CONVERSATION_SORTS = ['activity', 'priority'] as const

/** Where a count stops: more than anybody reads beside a list. */
export const CONVERSATION_COUNT_MAX = 1_000

/** What of a conversation lies in a period; `active`: somebody wrote in it, `asked`: its customer did. */
export const CONVERSATION_MOMENTS = ['created', 'answered', 'resolved', 'active', 'asked'] as const
export const LONGER_THAN_SECONDS_MAX = 10 * 366 * 86_400
const isTimed = (moment: string) => moment === 'answered' || moment === 'resolved'

const During = Within.extend({
  moment: z.enum(CONVERSATION_MOMENTS),
  /** Only those that waited longer to be answered, from the customer's first message, or resolved, from the beginning. */
  longerThanSeconds: z.int().min(0).max(LONGER_THAN_SECONDS_MAX).optional(),
})
  .refine(isWeeklyInBounds, { path: ['to'], error: `Choose at most ${WEEKLY_DAYS_MAX} days.` })
  .refine(({ moment, longerThanSeconds: longer }) => longer === undefined || isTimed(moment), {
    path: ['longerThanSeconds'],
    error: 'Only an answer and a resolution take time.',
  })

export const ListConversationsInput = z.strictObject({
  box: z.enum(CONVERSATION_BOXES).optional(),
  status: z.enum(CONVERSATION_STATUSES).optional(),
  customerId: z.uuid().optional(),
  /** Customers who wrote and have no answer yet. */
  waiting: z.boolean().optional(),
  /** Whose they are, as `box` says it of the caller. */
  assigneeId: z.uuid().optional(),
  teamId: z.uuid().optional(),
  labelId: z.uuid().optional(),
  priority: z.enum(PRIORITIES).optional(),
  during: During.optional(),
  search: z
    .string()
    .trim()
    .max(CONVERSATION_SEARCH_LENGTH_MAX)
    .refine(isStorable, { error: NOT_STORABLE })
    .optional(),
  /** Default: the last active first; `priority`: the most urgent first, and of those the last active. */
  sort: z.enum(CONVERSATION_SORTS).optional(),
  cursor: z.string().max(CURSOR_LENGTH_MAX).nullish(),
  limit: z.int().min(1).max(CHAT_LIST_LIMIT_MAX).optional(),
})
export type ListConversationsInput = z.infer<typeof ListConversationsInput>

/** What narrows every list that is counted; `status` and `waiting` go to the boxes, `box` to the statuses. */
export const CountConversationsInput = ListConversationsInput.pick({
  box: true,
  status: true,
  waiting: true,
  assigneeId: true,
  teamId: true,
  labelId: true,
  priority: true,
})
export type CountConversationsInput = z.infer<typeof CountConversationsInput>

export const ConversationIdInput = z.strictObject({ id: z.uuid() })
export type ConversationIdInput = z.infer<typeof ConversationIdInput>

export const CreateConversationInput = z.strictObject({
  customerId: z.uuid(),
  subject: z
    .string()
    .trim()
    .max(SUBJECT_LENGTH_MAX)
    .refine(isStorable, { error: NOT_STORABLE })
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

/** null: no team. */
export const SetTeamInput = z.strictObject({ id: z.uuid(), teamId: z.uuid().nullable() })
export type SetTeamInput = z.infer<typeof SetTeamInput>

export const SetPriorityInput = z.strictObject({ id: z.uuid(), priority: z.enum(PRIORITIES) })
export type SetPriorityInput = z.infer<typeof SetPriorityInput>

const someLabels = z.array(z.uuid()).max(CONVERSATION_LABELS_MAX).optional()
export const SetLabelsInput = z.strictObject({ id: z.uuid(), add: someLabels, remove: someLabels })
export type SetLabelsInput = z.infer<typeof SetLabelsInput>

/** Conversations that are changed at once. */
export const MANY_MAX = 100

function many<Item extends z.ZodType>(item: Item) {
  return z.strictObject({ items: z.array(item).min(1).max(MANY_MAX) })
}
export const SetStatusOfManyInput = many(SetConversationStatusInput)
export const AssignManyInput = many(AssignConversationInput)
export const SetTeamOfManyInput = many(SetTeamInput)
export const SetLabelsOfManyInput = many(SetLabelsInput)
export const SetPriorityOfManyInput = many(SetPriorityInput)

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

export const SendMessageInput = z
  .strictObject({
    conversationId: z.uuid(),
    clientId: z.uuid(),
    /** May be empty beside attachments. */
    body: MessageText,
    /** Files of the sender's that wait, in the order in which they are shown. */
    attachmentIds: z.array(z.uuid()).max(FILES_PER_MESSAGE_MAX).optional(),
    /** The last message the author had on screen. Behind somebody else's reply: CONFLICT. */
    lastSeenSeq: z.int().min(0).optional(),
    /** A note only members see. */
    private: z.boolean().optional(),
    /** Members who are named in it and told so. */
    mentions: z.array(z.uuid()).max(MENTIONS_MAX).optional(),
    /** The message of this conversation that it answers, by its number. */
    replyToSeq: z.int().positive().optional(),
    /** What it does besides writing is done in the same transaction. */
    macroId: z.uuid().optional(),
  })
  .refine((input) => input.private || !input.mentions?.length, {
    path: ['mentions'],
    error: 'Members are named in private notes: a customer reads everything else.',
  })
  .refine(({ body, attachmentIds = [] }) => body.trim() !== '' || attachmentIds.length > 0, {
    path: ['body'],
    error: NOTHING_WRITTEN,
  })
export type SendMessageInput = z.infer<typeof SendMessageInput>

export const AttachmentIdInput = z.strictObject({ attachmentId: z.uuid() })
export type AttachmentIdInput = z.infer<typeof AttachmentIdInput>

export const MessageIdInput = z.strictObject({ id: z.uuid() })
export type MessageIdInput = z.infer<typeof MessageIdInput>

export const EditMessageInput = z.strictObject({ id: z.uuid(), body: MessageBody })
export type EditMessageInput = z.infer<typeof EditMessageInput>

/** From the customer's side: no session, so no input of a member's procedure. */
export const ReceiveCustomerMessageInput = z.strictObject({
  conversationId: z.uuid(),
  clientId: z.uuid(),
  body: MessageBody,
})
export type ReceiveCustomerMessageInput = z.infer<typeof ReceiveCustomerMessageInput>

export const ChangesInput = z
  .strictObject({
    /** The id of the last change that arrived; left out: from now on. */
    lastEventId: z
      .string()
      .regex(/^\d{1,15}$/)
      .nullish(),
  })
  .optional()
export type ChangesInput = z.infer<typeof ChangesInput>

export const SHORTCUT_LENGTH_MAX = 32
/** Of one member, and the same number of the whole team. */
export const CANNED_REPLIES_MAX = 200

/** What a text may leave to be filled in when it is used. */
export const CANNED_VARIABLES = [
  'customer.name',
  'customer.company',
  'customer.email',
  'customer.phone',
  'agent.name',
  'tenant.name',
] as const
export type CannedVariable = (typeof CANNED_VARIABLES)[number]

const PLACE = /\{\{\s*([^{}]*?)\s*\}\}/g

/** The places of a text that are to be filled in, each once, as they stand between the braces. */
export function listPlaces(body: string): string[] {
  return [...new Set([...body.matchAll(PLACE)].map(([, name = '']) => name))]
}

/** Those of our own that nobody has filled in. Other braces are the author's. */
export function listUnfilled(body: string): CannedVariable[] {
  const places = listPlaces(body)
  return CANNED_VARIABLES.filter((variable) => places.includes(variable))
}

/** What is not known stays as it stands. */
export function fillIn(body: string, values: Partial<Record<CannedVariable, string | null>>): string {
  const known = new Map<string, string | null>(Object.entries(values))
  return body.replaceAll(PLACE, (place, name: string) => known.get(name) || place)
}

const WORD = /^[\p{L}\p{M}\p{N}_-]+$/u
const Shortcut = z
  .string()
  .trim()
  .min(1)
  .max(SHORTCUT_LENGTH_MAX)
  .refine((text) => WORD.test(text), { error: 'Use letters, digits, - and _ alone.' })

/** A text with places that are filled in when it is used. */
export const CannedBody = MessageBody.refine(
  (body) => listPlaces(body).every((name) => CANNED_VARIABLES.some((variable) => variable === name)),
  { error: `Between double braces there can be: ${CANNED_VARIABLES.join(', ')}.` },
)

export const CreateCannedReplyInput = z.strictObject({
  shortcut: Shortcut,
  body: CannedBody,
  /** Left out: the caller's own. */
  isTeams: z.boolean().optional(),
})
export type CreateCannedReplyInput = z.infer<typeof CreateCannedReplyInput>

export const UpdateCannedReplyInput = z.strictObject({ id: z.uuid(), shortcut: Shortcut, body: CannedBody })
export type UpdateCannedReplyInput = z.infer<typeof UpdateCannedReplyInput>

export const CannedReplyIdInput = z.strictObject({ id: z.uuid() })
export type CannedReplyIdInput = z.infer<typeof CannedReplyIdInput>
