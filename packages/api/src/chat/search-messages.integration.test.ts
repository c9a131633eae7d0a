import { idBound, newId, TERM_LENGTH_MAX } from '@sarai/db'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestApi, readRefusal, readRefusals, type TestApi, type TestMember } from '../testing.ts'
import { CANDIDATES_MAX } from './found-terms.ts'
import { INDEXED_AFTER_MS, indexOldMessages } from './index-messages.ts'
import { hasPieces, readPieces } from './message-words.ts'
import {
  CHAT_LIST_LIMIT_MAX,
  CONVERSATION_SEARCH_LENGTH_MAX,
  MESSAGE_BODY_LENGTH_MAX,
  MESSAGE_CHANGE_MINUTES_MAX,
} from './schema.ts'
import { searchMessages } from './search-messages.ts'
import { openTestChat, type TestChat } from './testing-chat.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

let api: TestApi
let desk: TestChat
let agent: TestMember

beforeAll(async () => {
  api = await openTestApi()
  desk = await openTestChat(api)
  agent = await desk.addMember('agent', 'Sana')
})
afterAll(async () => {
  await desk[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

type SearchInput = Parameters<TestMember['call']['chat']['message']['search']>[0]
type Found = Awaited<ReturnType<typeof searchMessages>>['items'][number]

async function findAll(input: SearchInput, msMax?: number): Promise<Found[]> {
  const items: Found[] = []
  let cursor: string | null = null
  do {
    const page: Awaited<ReturnType<typeof searchMessages>> = await desk.inTenant((db) =>
      searchMessages(db, { ...input, cursor }, msMax === undefined ? {} : { msMax }),
    )
    items.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return items
}

const textOf = ({ snippet }: Found) => snippet.map(({ text }) => text).join('')
const findTexts = async (input: SearchInput) => (await findAll(input)).map(textOf)
/** As if so much time had passed: everything that was written is taken into the index. */
const indexAll = () => desk.inTenant((db) => indexOldMessages(db, { now: new Date(Date.now() + HOUR_MS) }))
const say = (conversationId: string, body: string, isNote = false) =>
  agent.call.chat.message.send({ conversationId, clientId: newId(), body, private: isNote })

describe('what two people have written', () => {
  let refunds: string
  let parcels: string

  beforeAll(async () => {
    refunds = await desk.openConversation(agent)
    parcels = await desk.openConversation(agent)
    await desk.hearCustomer(refunds, 'When will my REFUND for order INV-2041 arrive?')
    await say(refunds, 'José, the refunds are paid on Fridays.')
    await say(refunds, 'He asked for a refund twice', true)
    await desk.hearCustomer(parcels, 'كريم كا پارسل کہاں ہے؟ آرڈر ۲۰۴۱')
    await say(parcels, 'پارسل کل پہنچے گا، فاطمۃ صاحبہ')
  })

  const cases: [string, string[]][] = [
    [
      'refund',
      [
        'He asked for a refund twice',
        'José, the refunds are paid on Fridays.',
        'When will my REFUND for order INV-2041 arrive?',
      ],
    ],
    ['friday JOSE', ['José, the refunds are paid on Fridays.']],
    ['2041', ['كريم كا پارسل کہاں ہے؟ آرڈر ۲۰۴۱', 'When will my REFUND for order INV-2041 arrive?']],
    ['inv-2041', ['When will my REFUND for order INV-2041 arrive?']],
    ['کریم', ['كريم كا پارسل کہاں ہے؟ آرڈر ۲۰۴۱']],
    ['فاطمه پار', ['پارسل کل پہنچے گا، فاطمۃ صاحبہ']],
    ['refund nobody', []],
    ['efund', []],
    ['%', []],
    ['؟!', []],
  ]

  test.each(cases)('is found by "%s" as soon as it is said', async (search, texts) => {
    expect(await findTexts({ search })).toEqual(texts)
  })

  test('and all the same when the index has it', async () => {
    expect(await indexAll()).toBe(5)
    expect(await indexAll()).toBe(0)
    for (const [search, texts] of cases) expect(await findTexts({ search })).toEqual(texts)
    await say(refunds, 'One more refund')
    expect((await findTexts({ search: 'refund' })).slice(0, 2)).toEqual([
      'One more refund',
      'He asked for a refund twice',
    ])
  })

  test('comes with all that leads to it', async () => {
    const [found] = (await agent.call.chat.message.search({ search: 'fridays', limit: 1 })).items
    expect(found).toMatchObject({
      conversationId: refunds,
      seq: 2,
      authorKind: 'agent',
      authorName: 'Sana',
      private: false,
      customerName: 'Amina Baloch',
      subject: null,
      snippet: [
        { text: 'José, the refunds are paid on ', isMatch: false },
        { text: 'Fridays', isMatch: true },
        { text: '.', isMatch: false },
      ],
    })
  })

  test('is narrowed by conversation, customer, author, kind and time', async () => {
    const { customerId } = await agent.call.chat.conversation.byId({ id: parcels })
    const search = 'پارسل'
    expect(await findTexts({ search, conversationId: refunds })).toEqual([])
    expect(await findTexts({ search, conversationId: parcels })).toHaveLength(2)
    expect(await findTexts({ search, customerId })).toHaveLength(2)
    expect(await findTexts({ search, customerId, conversationId: refunds })).toEqual([])
    expect(await findTexts({ search, authorId: agent.user.id })).toEqual(['پارسل کل پہنچے گا، فاطمۃ صاحبہ'])
    expect(await findTexts({ search, authorId: customerId })).toEqual(['كريم كا پارسل کہاں ہے؟ آرڈر ۲۰۴۱'])
    expect(await findTexts({ search, authorKind: 'agent' })).toEqual(['پارسل کل پہنچے گا، فاطمۃ صاحبہ'])
    expect(await findTexts({ search, authorKind: 'customer' })).toEqual(['كريم كا پارسل کہاں ہے؟ آرڈر ۲۰۴۱'])
    expect(await findTexts({ search: 'refund', private: true })).toEqual(['He asked for a refund twice'])
    expect(await findTexts({ search: 'refund', private: false })).toHaveLength(3)
    const now = new Date().toISOString()
    expect(await findTexts({ search, from: now })).toEqual([])
    expect(await findTexts({ search, to: now })).toHaveLength(2)
    expect(
      await findTexts({ search, from: new Date(Date.now() - HOUR_MS).toISOString(), to: now }),
    ).toHaveLength(2)
  })

  test('vanishes when it is deleted and follows an edit, at once and from the index', async () => {
    const { message } = await say(refunds, 'Wrong umbrella')
    const { message: taken } = await say(refunds, 'Umbrella of somebody else')
    await agent.call.chat.message.edit({ id: message.id, body: 'Right parasol' })
    await agent.call.chat.message.remove({ id: taken.id })
    for (const round of ['new', 'indexed']) {
      expect(await findTexts({ search: 'umbrella' }), round).toEqual([])
      expect(await findTexts({ search: 'parasol' }), round).toEqual(['Right parasol'])
      await indexAll()
    }
    await desk.inTenant((db) =>
      db.updateTable('messages').set({ body: '' }).where('id', '=', message.id).execute(),
    )
    expect(await findTexts({ search: 'parasol' })).toEqual([])
  })

  test('has the longest words and the most words in it', async () => {
    const long = 'کتاب'.repeat(MESSAGE_BODY_LENGTH_MAX / 4)
    const many = Array.from({ length: MESSAGE_BODY_LENGTH_MAX / 5 }, (_, at) => 1000 + at).join(' ')
    await say(parcels, long)
    await say(parcels, many)
    await indexAll()
    expect(await findAll({ search: long.slice(0, CONVERSATION_SEARCH_LENGTH_MAX) })).toHaveLength(1)
    expect(await findAll({ search: long.slice(0, TERM_LENGTH_MAX) })).toHaveLength(1)
    expect(await findAll({ search: '2999 1000' })).toHaveLength(1)
  })
})

test('a message is taken in only when it cannot be changed any more', () => {
  expect(INDEXED_AFTER_MS).toBeGreaterThan(MESSAGE_CHANGE_MINUTES_MAX * 60_000)
})

test('what is asked wrongly is refused with what is wrong', async () => {
  const { search } = agent.call.chat.message
  const refused = await readRefusals([
    search({ search: ' ' }),
    search({ search: 'x'.repeat(CONVERSATION_SEARCH_LENGTH_MAX + 1) }),
    search({ search: 'x\0' }),
    search({ search: 'x', limit: CHAT_LIST_LIMIT_MAX + 1 }),
    search({ search: 'x', from: 'yesterday' }),
  ])
  for (const { data } of refused) expect(data.fields).not.toBeNull()
  const { nextCursor } = await agent.call.chat.conversation.list({ limit: 1 })
  const ofAnotherList = await readRefusal(search({ search: 'x', cursor: nextCursor }))
  expect(ofAnotherList.data.domain?.code).toBe('INVALID')
})

describe('among thousands over many weeks', () => {
  const COUNT = 2 * CANDIDATES_MAX + 500
  /** Each in so many of a hundred messages; the last two never together but once. */
  const WORDS = { refund: 60, parcel: 55, urdu: 3, خان: 50, خانہ: 2, rare: 0.1, left: 0, right: 0 }
  let all: ReturnType<typeof makeMessages> = []

  /** Scattered, the same each time, each word by a step of its own. */
  const isIn = (at: number, { place, share }: { place: number; share: number }) =>
    (at * (7_919 + 104 * place * place)) % 1_009 < share * 10.09

  function makeMessages(conversationIds: string[]) {
    const since = Date.now() - 60 * DAY_MS
    return Array.from({ length: COUNT }, (_, at) => {
      const words = Object.entries(WORDS).filter(([, share], place) => isIn(at, { place, share }))
      const side = at === 1_000 ? 'left right' : at % 2 === 0 ? 'left' : 'right'
      const createdAt = new Date(since + Math.floor((at * 59 * DAY_MS) / COUNT))
      return {
        id: `${idBound(createdAt)}-7000-8000-${at.toString(16).padStart(12, '0')}`,
        conversation_id: conversationIds[at % 3 === 0 ? 0 : 1] ?? '',
        seq: at + 1,
        client_id: newId(),
        author_kind: 'agent' as const,
        author_id: at % 10 === 0 ? agent.user.id : null,
        visibility: 'public' as const,
        body: [...words.map(([word]) => word), side, `n${at}`].join(' '),
        created_at: createdAt,
      }
    })
  }

  beforeAll(async () => {
    const conversations = [await desk.openConversation(agent), await desk.openConversation(agent)]
    all = makeMessages(conversations)
    await desk.inTenant(async (db) => {
      await db.updateTable('message_terms_mark').set({ through_id: '' }).execute()
      await db.deleteFrom('message_terms').execute()
      for (let from = 0; from < COUNT; from += 500) {
        await db
          .insertInto('messages')
          .values(all.slice(from, from + 500))
          .execute()
      }
    })
  })

  const SEARCHES: SearchInput[] = [
    { search: 'refund' },
    { search: 'refund parcel خان' },
    { search: 'left right' },
    { search: 'rare refund left' },
    { search: 'خا' },
    { search: 'n31' },
    { search: 'n24 refu', limit: 7 },
    { search: 'urdu', limit: 100 },
    { search: 'nothing' },
    { search: 'refund nothing' },
  ]

  /** As one would find them by reading every message. */
  function expected({ search, authorId, conversationId }: SearchInput): string[] {
    return all
      .filter((row) => hasPieces(row.body, readPieces(search)))
      .filter((row) => authorId === undefined || row.author_id === authorId)
      .filter((row) => conversationId === undefined || row.conversation_id === conversationId)
      .map(({ id }) => id)
      .toReversed()
  }
  const findIds = async (input: SearchInput, msMax?: number) =>
    (await findAll(input, msMax)).map(({ id }) => id).filter((id) => all.some((row) => row.id === id))

  test.each(['nothing', 'half', 'all'])(
    'finds the same as reading all of them, the newest first, with %s of it in the index',
    async (part) => {
      const half = all[COUNT / 2]?.id ?? ''
      if (part === 'half')
        await desk.inTenant((db) =>
          indexOldMessages(db, {
            now: new Date(Number.parseInt(half.replaceAll('-', '').slice(0, 12), 16) + INDEXED_AFTER_MS),
          }),
        )
      if (part === 'all') await indexAll()
      for (const input of SEARCHES)
        expect(await findIds({ limit: 100, ...input }), input.search).toEqual(expected(input))
      const byAgent = { search: 'refund', authorId: agent.user.id, limit: 100 }
      expect(await findIds(byAgent)).toEqual(expected(byAgent))
      const inOne = { search: 'خان', conversationId: all[0]?.conversation_id, limit: 100 }
      expect(await findIds(inOne)).toEqual(expected(inOne))
    },
  )

  test('gives short pages that lead on rather than taking long, and loses nothing between them', async () => {
    for (const input of [
      { search: 'left right' },
      { search: 'refund parcel', limit: 100 },
      { search: 'rare left' },
    ]) {
      expect(await findIds(input, 0), input.search).toEqual(expected(input))
    }
    const first = await desk.inTenant((db) => searchMessages(db, { search: 'left right' }, { msMax: 0 }))
    expect(first.items).toEqual([])
    expect(first.nextCursor).not.toBeNull()
  })

  test('goes on in the same place though the index has come further meanwhile', async () => {
    await desk.inTenant(async (db) => {
      await db
        .updateTable('message_terms_mark')
        .set({ through_id: all[500]?.id ?? '' })
        .execute()
    })
    const first = await agent.call.chat.message.search({ search: 'parcel', limit: 50 })
    await indexAll()
    const second = await agent.call.chat.message.search({
      search: 'parcel',
      limit: 50,
      cursor: first.nextCursor,
    })
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual(
      expected({ search: 'parcel' }).slice(0, 100),
    )
  })

  test('keeps to the days that are asked for', async () => {
    const day = (days: number) => new Date(Date.now() - days * DAY_MS)
    const found = await findAll({
      search: 'refund',
      from: day(30).toISOString(),
      to: day(10).toISOString(),
      limit: 100,
    })
    expect(found.length).toBeGreaterThan(100)
    for (const { createdAt } of found) {
      expect(new Date(createdAt) >= day(30.1) && new Date(createdAt) < day(9.9)).toBe(true)
    }
  })
})
