import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { sql } from 'kysely'
import { rabinEnglish } from '../src/demo/content/rabin-english.ts'
import { rabinUrdu } from '../src/demo/content/rabin-urdu.ts'
import { FIRST_NAMES, LAST_NAMES } from '../src/demo/content/people.ts'
import { Random } from '../src/demo/random.ts'

const ROWS_AT_ONCE = 1_000
const MESSAGES_EACH = 40
const CUSTOMERS = 2_000
const AGENTS = 12
const DAYS = 400
const DAY_MS = 86_400_000
const URDU_SHARE = 0.4
const ORDER_EVERY = 7
/** Frequent each, and in one message together. */
const APART = ['zebra', 'quagga'] as const
/** Words that are made up, so that there are as many different ones as a business has in a year. */
const RARE_WORDS = 40_000

export interface Vocabulary {
  /** Each of them in many thousands of messages, the most frequent first. */
  frequent: { latin: readonly string[]; urdu: readonly string[] }
  /** Each of them in some. */
  rare: { latin: readonly string[]; urdu: readonly string[] }
  orders: readonly string[]
  agentId: string
  conversationId: string
  /** Two words that are frequent apart and in one message together. */
  apart: readonly [string, string]
  /** Whose plans are shown. */
  explained: readonly string[]
}

/**
 * So many messages over 400 days, the same on each machine: five to twenty words each, the frequent ones those of the demo's
 * dialogues and names, the rare ones made up, by Zipf's law; four in ten in Urdu, some with the number of an order.
 */
export async function seedMessages(db: Kysely<TenantTables>, messages: number): Promise<Vocabulary> {
  const random = new Random(11)
  const ids = await insertConversations(db, random, Math.ceil(messages / MESSAGES_EACH))
  const words = makeVocabulary(random)
  const make = makeMessage({ random, messages, words, ...ids })
  for (let from = 0; from < messages; from += ROWS_AT_ONCE) {
    const rows = Array.from({ length: ROWS_AT_ONCE }, (_, index) => make(from + index))
    await db.insertInto('messages').values(rows).execute()
  }
  await sql`ANALYZE TABLE messages`.execute(db)
  const { latin, urdu } = words
  const [first = '', second = ''] = latin
  return {
    frequent: { latin: latin.slice(0, 40), urdu: urdu.slice(0, 40) },
    rare: { latin: latin.slice(2_000, 2_040), urdu: urdu.slice(2_000, 2_040) },
    orders: Array.from({ length: 20 }, (_, at) => orderOf(Math.floor((at * messages) / 20) + ORDER_EVERY)),
    agentId: ids.agents[0] ?? '',
    conversationId: ids.conversations[Math.floor(ids.conversations.length / 2)] ?? '',
    apart: [...APART],
    explained: [`${first} ${second}`, latin[2_000] ?? '', `${first} ${latin[2_001] ?? ''}`, APART.join(' ')],
  }
}

interface Desk {
  random: Random
  messages: number
  words: { latin: readonly string[]; urdu: readonly string[] }
  conversations: readonly string[]
  agents: readonly string[]
}

/** Conversations last for a while: neighbours in time, not the same all year. */
function makeMessage({ random, messages, words, conversations, agents }: Desk) {
  const start = Date.now() - DAYS * DAY_MS
  const seqs = new Map<string, number>()
  return (at: number) => {
    const createdAt = new Date(start + Math.floor((at / messages) * (DAYS * DAY_MS - 3_600_000)))
    const place = Math.floor((at / messages) * conversations.length) + random.int(0, 30)
    const conversationId = conversations[Math.min(conversations.length - 1, place)] ?? ''
    const seq = (seqs.get(conversationId) ?? 0) + 1
    seqs.set(conversationId, seq)
    const isAgent = random.chance(0.5)
    return {
      id: random.id(createdAt),
      conversation_id: conversationId,
      seq,
      client_id: random.id(createdAt),
      author_kind: isAgent ? ('agent' as const) : ('customer' as const),
      author_id: isAgent ? random.pick(agents) : null,
      visibility: random.chance(0.05) ? ('private' as const) : ('public' as const),
      body: makeBody(random, { at, messages, words: random.chance(URDU_SHARE) ? words.urdu : words.latin }),
      created_at: createdAt,
    }
  }
}

function makeBody(
  random: Random,
  { at, messages, words }: { at: number; messages: number; words: readonly string[] },
): string {
  const body = Array.from({ length: random.int(5, 20) }, () => pickZipf(random, words))
  if (at % ORDER_EVERY === 0) body.push(orderOf(at))
  const [one, other] = APART
  if (at === Math.floor(messages / 3)) body.push(one, other)
  else if (at % 12 === 0) body.push(one)
  else if (at % 12 === 6) body.push(other)
  return body.join(' ')
}

function orderOf(at: number): string {
  return `INV-${100_000 + at - (at % ORDER_EVERY)}`
}

function makeVocabulary(random: Random) {
  const names = (language: 0 | 1) => [...FIRST_NAMES, ...LAST_NAMES].map((name) => name[language])
  return {
    latin: makeWords(random, wordsOf(rabinEnglish, names(0)), 'kmrtnslzdbph'),
    urdu: makeWords(random, wordsOf(rabinUrdu, names(1)), 'کمرتنسلزدبپہ'),
  }
}

/** The rank of a word is as likely as it is high: the logarithm of the rank is spread evenly. */
function pickZipf(random: Random, words: readonly string[]): string {
  return words[Math.floor(words.length ** random.next()) - 1] ?? words[0] ?? ''
}

/** Those of the dialogues by how often they are there, then those of names. */
function wordsOf(
  dialogues: readonly { lines: readonly { text: string }[] }[],
  names: readonly string[],
): string[] {
  const counts = new Map<string, number>()
  const texts = dialogues.flatMap(({ lines }) => lines.map(({ text }) => text))
  for (const word of texts.join(' ').split(/[\s{}"“”.,?!:;()،۔؟]+/)) {
    if (word.length > 1) counts.set(word, (counts.get(word) ?? 0) + 1)
  }
  const byCount = [...counts].toSorted(([, one], [, other]) => other - one).map(([word]) => word)
  return [...byCount, ...names.flatMap((name) => name.split(' '))]
}

function makeWords(random: Random, known: readonly string[], consonants: string): string[] {
  const vowels = /[a-z]/.test(consonants) ? 'aeiou' : 'اویے'
  const letters = Array.from(consonants)
  const words = new Set(known)
  while (words.size < RARE_WORDS) {
    const syllables = Array.from(
      { length: random.int(2, 4) },
      () => random.pick(letters) + random.pick(Array.from(vowels)),
    )
    words.add(syllables.join(''))
  }
  return [...words]
}

async function insertConversations(db: Kysely<TenantTables>, random: Random, count: number) {
  const at = new Date(Date.now() - DAYS * DAY_MS)
  const customers = Array.from({ length: CUSTOMERS }, () => random.id(at))
  const rows = customers.map((id, index) => ({
    id,
    name: `Customer ${index}`,
    created_at: at,
    updated_at: at,
  }))
  await db.insertInto('customers').values(rows).execute()
  const conversations = Array.from({ length: count }, () => random.id(at))
  for (let from = 0; from < count; from += ROWS_AT_ONCE) {
    const part = conversations.slice(from, from + ROWS_AT_ONCE)
    await db
      .insertInto('conversations')
      .values(
        part.map((id) => ({
          id,
          customer_id: random.pick(customers),
          status: 'open' as const,
          created_at: at,
          updated_at: at,
        })),
      )
      .execute()
  }
  return { conversations, agents: Array.from({ length: AGENTS }, () => random.id(at)) }
}
