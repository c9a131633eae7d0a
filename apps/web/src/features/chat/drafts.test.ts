import { MESSAGE_BODY_LENGTH_MAX } from '@sarai/api/chat/schema'
import 'fake-indexeddb/auto'
import { describe, expect, test, vi } from 'vitest'
import { DRAFT_LENGTH_MAX, EMPTY_DRAFT, joinDrafts, readDraft, writeDraft } from './drafts.ts'
import { loadEntries } from './outbox-storage.ts'
import { reduceOutbox } from './outbox.ts'
import { readWords } from '../../lib/words.ts'
import { CONVERSATION_ID, makeMessage, makeNewEntry, ME } from './testing-chat.ts'

let people = 0
/** Somebody new for each test. */
const newOwner = () => ({ tenantKey: 'rabin', userId: `${ME.id}-${people++}` })

describe('drafts', () => {
  test('a draft is kept for its conversation, its person and its workspace alone', async () => {
    const owner = newOwner()
    const { draft: mine } = await readWords(owner)
    writeDraft(mine, CONVERSATION_ID, { body: 'السلام علیکم', private: true })
    expect(readDraft(mine, CONVERSATION_ID)).toEqual({ body: 'السلام علیکم', private: true })
    expect(readDraft(mine, 'another')).toEqual(EMPTY_DRAFT)
    expect(await mine.isKept(CONVERSATION_ID)).toBe(true)
    for (const other of [newOwner(), { ...owner, tenantKey: 'zaitoon' }]) {
      expect(readDraft((await readWords(other)).draft, CONVERSATION_ID)).toEqual(EMPTY_DRAFT)
    }
  })

  test('a draft survives its tab', async () => {
    const owner = newOwner()
    const { draft: closed } = await readWords(owner)
    writeDraft(closed, CONVERSATION_ID, { body: 'half a sentence', private: false })
    await vi.waitFor(async () => expect(await closed.isKept(CONVERSATION_ID)).toBe(true))
    expect(readDraft((await readWords(owner)).draft, CONVERSATION_ID).body).toBe('half a sentence')
  })

  test('an emptied draft leaves nothing behind', async () => {
    const { draft } = await readWords(newOwner())
    writeDraft(draft, CONVERSATION_ID, { body: 'x', private: false })
    writeDraft(draft, CONVERSATION_ID, EMPTY_DRAFT)
    expect(await draft.isKept(CONVERSATION_ID)).toBe(false)
    expect(draft.values()).toEqual([])
  })

  test('a draft beyond the limit does not replace the one that is kept', async () => {
    const { draft } = await readWords(newOwner())
    writeDraft(draft, CONVERSATION_ID, { body: 'kept', private: false })
    writeDraft(draft, CONVERSATION_ID, { body: 'x'.repeat(DRAFT_LENGTH_MAX + 1), private: false })
    expect(readDraft(draft, CONVERSATION_ID).body).toBe('kept')
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

  test('what is damaged is an empty draft, never an error', async () => {
    const { draft } = await readWords(newOwner())
    draft.write(CONVERSATION_ID, { body: 7 })
    expect(readDraft(draft, CONVERSATION_ID)).toEqual(EMPTY_DRAFT)
  })
})

describe('stored outbox', () => {
  test('comes back in the order written, and a held message asks again what came meanwhile', async () => {
    const { outbox: words } = await readWords(newOwner())
    const outbox = [2, 1].reduce(
      (all, number) => reduceOutbox(all, { type: 'written', entry: makeNewEntry(number) }),
      reduceOutbox([], { type: 'woken' }),
    )
    for (const entry of outbox.toReversed()) {
      const unseen = { messages: [makeMessage(1)], lastSeq: 1 }
      words.write(entry.clientId, { ...entry, state: 'held', unseen })
    }
    expect(loadEntries(words)).toMatchObject([
      { body: 'written 2', state: 'queued', unseen: null },
      { body: 'written 1', state: 'queued', unseen: null },
    ])
  })

  test('what cannot be read is left out', async () => {
    const { outbox: words } = await readWords(newOwner())
    words.write('one', 'nonsense')
    words.write('two', { clientId: 'x' })
    expect(loadEntries(words)).toEqual([])
  })
})
