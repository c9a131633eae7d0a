import type { TenantTables } from '@sarai/db'
import type { Insertable } from 'kysely'
import { DAYS } from './content/businesses.ts'
import type { Business, Dialogue, Language, Line } from './content/dialogue.ts'
import type { DemoCustomer } from './make-customers.ts'
import { drawMoment, drawPause, drawResolutionPause, drawSnoozeEnd } from './make-times.ts'
import type { Random } from './random.ts'

const DAYS_BACK = 60
const HOUR_MS = 3_600_000
/** Younger than this, a conversation may still be in the middle. */
const FRESH_MS = 72 * HOUR_MS
/** Younger than this, what has been said may not be settled yet. */
const UNSETTLED_MS = 12 * 24 * HOUR_MS
const PREVIEW_LENGTH_MAX = 200

type Insert<Table extends keyof TenantTables> = Insertable<TenantTables[Table]>
type Message = Insert<'messages'> & { created_at: Date; seq: number }

export interface DemoConversation {
  row: Insert<'conversations'>
  messages: Message[]
  events: Insert<'conversation_events'>[]
  reads: Insert<'conversation_reads'>[]
  mentions: Insert<'message_mentions'>[]
}

export interface DemoDesk {
  business: Business
  customers: readonly DemoCustomer[]
  /** Members who answer, busiest first. */
  agents: readonly { userId: string; name: string }[]
  /** Members who have read what is old. */
  readers: readonly string[]
  random: Random
  now: Date
}

export function makeConversations(desk: DemoDesk): DemoConversation[] {
  const { business, random, now } = desk
  const moments = Array.from({ length: business.conversationsCount }, () =>
    drawMoment(random, now, DAYS_BACK),
  )
  return moments.sort((one, other) => one.getTime() - other.getTime()).map((at) => makeConversation(desk, at))
}

function makeConversation(desk: DemoDesk, startedAt: Date): DemoConversation {
  const { random, business } = desk
  const customer = random.pick(desk.customers.filter(({ row }) => row.archived_at === null))
  // Nobody writes before we know them.
  if (customer.row.created_at > startedAt) {
    customer.row.created_at = startedAt
    customer.row.updated_at = startedAt
  }
  const at = random.weighted(desk.agents.map((_, index) => desk.agents.length - index))
  const [agent, colleague] = [desk.agents[at], desk.agents[(at + 1) % desk.agents.length]]
  if (!agent || !colleague) throw new Error('a demo tenant needs agents')
  const dialogue = fillIn(random.pick(business.dialogues[customer.language]), {
    desk,
    customer,
    agent: agent.name,
    colleague: colleague.name,
  })
  const conversationId = random.id(startedAt)
  const messages = makeMessages({ desk, dialogue, startedAt, conversationId, agentId: agent.userId })
  return closeConversation({
    desk,
    dialogue,
    conversationId,
    customer,
    agentId: agent.userId,
    colleague,
    messages,
  })
}

interface FillIn {
  desk: DemoDesk
  customer: DemoCustomer
  agent: string
  colleague: string
}

function fillIn(dialogue: Dialogue, { desk, customer, agent, colleague }: FillIn): Dialogue {
  const { random, business } = desk
  const language: Language = customer.language
  const words: Record<string, string> = {
    name: customer.row.name.split(' ')[0] ?? customer.row.name,
    product: random.pick(business.products[language]),
    order: `${business.tenantKey.slice(0, 1).toUpperCase()}-${random.int(10_400, 19_900)}`,
    city: customer.city,
    agent,
    colleague,
    amount: (random.int(12, 480) * 250).toLocaleString('en'),
    day: random.pick(DAYS[language]),
  }
  const fill = (text: string) => text.replaceAll(/\{(\w+)\}/g, (slot, word: string) => words[word] ?? slot)
  return {
    subject: fill(dialogue.subject),
    lines: dialogue.lines.map((line) => ({ ...line, text: fill(line.text) })),
  }
}

interface Thread {
  desk: DemoDesk
  dialogue: Dialogue
  startedAt: Date
  conversationId: string
  agentId: string
}

/** What has been said so far: a fresh conversation may have been left in the middle. */
function makeMessages({ desk, dialogue, startedAt, conversationId, agentId }: Thread): Message[] {
  const { random, now } = desk
  const isFresh = now.getTime() - startedAt.getTime() < FRESH_MS
  const linesCount = isFresh ? drawLinesCount(random, dialogue.lines.length) : dialogue.lines.length
  const messages: Message[] = []
  let at = startedAt
  for (const line of dialogue.lines.slice(0, linesCount)) {
    const isFirstReply =
      line.by === 'agent' && messages.every(({ author_kind }) => author_kind === 'customer')
    if (messages.length > 0) at = new Date(at.getTime() + drawPause(random, line.by, isFirstReply))
    if (at > now) break
    messages.push(
      toMessage(line, {
        id: random.id(at),
        clientId: random.id(at),
        seq: messages.length + 1,
        at,
        conversationId,
        agentId,
      }),
    )
  }
  return messages
}

/** Often nobody has answered yet. */
function drawLinesCount(random: Random, linesMax: number): number {
  return random.chance(0.5) ? 1 : random.int(1, linesMax)
}

interface Place {
  id: string
  clientId: string
  seq: number
  at: Date
  conversationId: string
  agentId: string
}

function toMessage(line: Line, place: Place): Message {
  const isCustomer = line.by === 'customer'
  return {
    id: place.id,
    conversation_id: place.conversationId,
    seq: place.seq,
    client_id: place.clientId,
    author_kind: isCustomer ? 'customer' : 'agent',
    author_id: isCustomer ? null : place.agentId,
    visibility: line.by === 'note' ? 'private' : 'public',
    body: line.text,
    created_at: place.at,
  }
}

interface Ended {
  desk: DemoDesk
  dialogue: Dialogue
  conversationId: string
  customer: DemoCustomer
  agentId: string
  colleague: { userId: string; name: string }
  messages: Message[]
}

function closeConversation(ended: Ended): DemoConversation {
  const { desk, conversationId, messages } = ended
  const first = messages[0]
  const last = messages.at(-1)
  if (!first || !last) throw new Error('a conversation starts with a message')
  const state = drawState(ended, last)
  const reply = messages.find(isReply)
  const lastPublic = messages.findLast(({ visibility }) => visibility === 'public') ?? last
  const isAssigned = reply !== undefined || desk.random.chance(0.2)
  return {
    row: {
      id: conversationId,
      customer_id: ended.customer.row.id,
      subject: ended.dialogue.subject,
      status: state.status,
      assignee_id: isAssigned ? ended.agentId : null,
      last_seq: last.seq,
      last_message_at: last.created_at,
      last_message_preview: lastPublic.body.slice(0, PREVIEW_LENGTH_MAX),
      waiting_since: state.status === 'resolved' ? null : waitingSince(messages),
      first_customer_message_at: first.created_at,
      first_response_at: reply?.created_at ?? null,
      snoozed_until: state.snoozedUntil,
      resolved_at: state.resolvedAt,
      created_at: first.created_at,
      updated_at: state.resolvedAt ?? last.created_at,
    },
    messages,
    events: makeEvents(ended, { first, isAssigned, resolvedAt: state.resolvedAt }),
    reads: makeReads(ended, last),
    mentions: makeMentions(ended),
  }
}

const isReply = (message: Message) => message.author_kind === 'agent' && message.visibility === 'public'

/** The oldest message of the customer that has no answer yet. */
function waitingSince(messages: readonly Message[]): Date | null {
  const unanswered = messages.slice(messages.findLastIndex(isReply) + 1)
  return unanswered.find(({ author_kind }) => author_kind === 'customer')?.created_at ?? null
}

function drawState({ desk, dialogue, messages }: Ended, last: Message) {
  const { random, now } = desk
  const isComplete = messages.length === dialogue.lines.length
  const resolvedAt = new Date(last.created_at.getTime() + drawResolutionPause(random))
  const isUnsettled = now.getTime() - last.created_at.getTime() < UNSETTLED_MS
  if (isComplete && resolvedAt < now && random.chance(isUnsettled ? 0.8 : 0.98)) {
    return { status: 'resolved' as const, resolvedAt, snoozedUntil: null }
  }
  if (messages.some(isReply) && random.chance(0.3)) {
    return { status: 'snoozed' as const, resolvedAt: null, snoozedUntil: drawSnoozeEnd(random, now) }
  }
  return { status: 'open' as const, resolvedAt: null, snoozedUntil: null }
}

interface Milestones {
  first: Message
  isAssigned: boolean
  resolvedAt: Date | null
}

function makeEvents(ended: Ended, { first, isAssigned, resolvedAt }: Milestones) {
  const { desk, conversationId, agentId } = ended
  const event = (kind: 'created' | 'assigned' | 'resolved', at: Date) => ({
    id: desk.random.id(at),
    conversation_id: conversationId,
    kind,
    actor_id: kind === 'created' ? null : agentId,
    target_id: kind === 'assigned' ? agentId : null,
    created_at: at,
  })
  const events: Insert<'conversation_events'>[] = [event('created', first.created_at)]
  if (isAssigned) events.push(event('assigned', first.created_at))
  if (resolvedAt) events.push(event('resolved', resolvedAt))
  return events
}

/** A colleague is named in a note. */
function makeMentions({ conversationId, colleague, messages }: Ended): Insert<'message_mentions'>[] {
  return messages
    .filter(({ body }) => body.includes(`@${colleague.name}`))
    .map(({ id }) => ({
      message_id: id,
      conversation_id: conversationId,
      user_id: colleague.userId,
      name: colleague.name,
    }))
}

/** Everybody has read what is over; of what is fresh, the customer's last words are unread. */
function makeReads({ desk, conversationId, messages }: Ended, last: Message): Insert<'conversation_reads'>[] {
  const isFresh = desk.now.getTime() - last.created_at.getTime() < FRESH_MS
  const readSeq = isFresh ? (messages.findLast(isReply)?.seq ?? 0) : last.seq
  if (readSeq === 0) return []
  return desk.readers.map((userId) => ({
    conversation_id: conversationId,
    user_id: userId,
    last_read_seq: readSeq,
    read_at: last.created_at,
  }))
}
