import { MESSAGE_BODY_LENGTH_MAX } from '@sarai/api/chat/schema'
import { describe, expect, test } from 'vitest'
import { DRAFT_LENGTH_MAX, EMPTY_DRAFT, joinDrafts, readDraft, writeDraft } from './drafts.ts'
import { loadEntries, saveEntry } from './outbox-storage.ts'
import { reduceOutbox } from './outbox.ts'
import { createPersonalStorage } from '../../lib/personal-storage.ts'
import { MemoryStorage } from '../../lib/testing-storage.ts'
import { CONVERSATION_ID, makeMessage, makeNewEntry, ME } from './testing-chat.ts'

const OWNER = { tenantKey: 'rabin', userId: ME.id, kind: 'draft' } as const

describe('drafts', () => {
  test('a draft is kept for its conversation, its person and its workspace alone', () => {
    const browser = new MemoryStorage()
    const mine = createPersonalStorage(browser, OWNER)
    writeDraft(mine, CONVERSATION_ID, { body: 'السلام علیکم', private: true })
    expect(readDraft(mine, CONVERSATION_ID)).toEqual({ body: 'السلام علیکم', private: true })
    expect(readDraft(mine, 'another')).toEqual(EMPTY_DRAFT)
    expect(readDraft(createPersonalStorage(browser, { ...OWNER, userId: 'x' }), CONVERSATION_ID)).toEqual(
      EMPTY_DRAFT,
    )
    expect(
      readDraft(createPersonalStorage(browser, { ...OWNER, tenantKey: 'zaitoon' }), CONVERSATION_ID),
    ).toEqual(EMPTY_DRAFT)
  })

  test('an emptied draft leaves nothing behind', () => {
    const browser = new MemoryStorage()
    const storage = createPersonalStorage(browser, OWNER)
    writeDraft(storage, CONVERSATION_ID, { body: 'x', private: false })
    expect(browser.length).toBe(1)
    writeDraft(storage, CONVERSATION_ID, EMPTY_DRAFT)
    expect(browser.length).toBe(0)
  })

  test('a draft beyond the limit does not replace the one that is kept', () => {
    const storage = createPersonalStorage(new MemoryStorage(), OWNER)
    writeDraft(storage, CONVERSATION_ID, { body: 'kept', private: false })
    writeDraft(storage, CONVERSATION_ID, { body: 'x'.repeat(DRAFT_LENGTH_MAX + 1), private: false })
    expect(readDraft(storage, CONVERSATION_ID).body).toBe('kept')
    expect(DRAFT_LENGTH_MAX).toBeGreaterThan(MESSAGE_BODY_LENGTH_MAX)
  })

  test('a message that comes back to be edited keeps what has been written since', () => {
    const returned = { body: 'first', private: false }
    expect(joinDrafts(returned, { body: 'second', private: true })).toEqual({
      body: 'first\nsecond',
      private: false,
    })
    expect(joinDrafts(returned, EMPTY_DRAFT)).toEqual(returned)
  })

  test('storage that is full or damaged is an empty draft, never an error', () => {
    const browser = new MemoryStorage()
    browser.setItem = () => {
      throw new DOMException('full', 'QuotaExceededError')
    }
    const storage = createPersonalStorage(browser, OWNER)
    writeDraft(storage, CONVERSATION_ID, { body: 'x', private: false })
    expect(readDraft(storage, CONVERSATION_ID)).toEqual(EMPTY_DRAFT)
    browser.getItem = () => '{"body":7'
    expect(readDraft(storage, CONVERSATION_ID)).toEqual(EMPTY_DRAFT)
  })
})

describe('stored outbox', () => {
  test('comes back in the order written, and a held message asks again what came meanwhile', () => {
    const storage = createPersonalStorage(new MemoryStorage(), { ...OWNER, kind: 'outbox' })
    const outbox = [2, 1].reduce(
      (all, number) => reduceOutbox(all, { type: 'written', entry: makeNewEntry(number) }),
      reduceOutbox([], { type: 'woken' }),
    )
    for (const entry of outbox.toReversed())
      saveEntry(storage, { ...entry, state: 'held', unseen: { messages: [makeMessage(1)], lastSeq: 1 } })
    expect(loadEntries(storage)).toMatchObject([
      { body: 'written 2', state: 'queued', unseen: null },
      { body: 'written 1', state: 'queued', unseen: null },
    ])
  })

  test('what cannot be read is left out', () => {
    const storage = createPersonalStorage(new MemoryStorage(), { ...OWNER, kind: 'outbox' })
    storage.write('one', 'nonsense')
    storage.write('two', '{"clientId":"x"}')
    expect(loadEntries(storage)).toEqual([])
  })
})
