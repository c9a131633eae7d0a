import { expect, test, vi } from 'vitest'
import { readDraft, writeDraft } from './drafts.ts'
import { reduceOutbox } from './outbox.ts'
import type { FileUploads } from './file-uploads.ts'
import type { OutboxRunner } from './outbox-runner.ts'
import { makeNewEntry, uuid } from './testing-chat.ts'
import { moveWritten } from './move-written.ts'

function openDesk() {
  const kept = new Map<string, unknown>()
  const drafts = {
    read: (key: string) => kept.get(key),
    write: (key: string, value: unknown) => void kept.set(key, value),
    remove: (key: string) => void kept.delete(key),
    values: () => [...kept.values()],
    isKept: () => Promise.resolve(true),
    listen: () => () => undefined,
  }
  const [takeBack, discard] = [vi.fn<FileUploads['takeBack']>(), vi.fn<OutboxRunner['discard']>()]
  return { drafts, uploads: { takeBack }, outbox: { discard } }
}

const [from, to] = [uuid(1), uuid(2)]
const QUOTE = { seq: 3, authorKind: 'customer' as const, authorName: 'Amina', text: 'When?' }
const FILE = { key: uuid(7), name: 'bill.pdf', bytes: 10 }

test('what was refused and what was being written go before what was begun there, without what they answered', () => {
  const desk = openDesk()
  const written = makeNewEntry(0, { conversationId: from, body: 'refused', files: [FILE], replyTo: QUOTE })
  const [entry] = reduceOutbox([], { type: 'written', entry: written })
  writeDraft(desk.drafts, from, { body: 'being written', private: false, replyTo: QUOTE })
  writeDraft(desk.drafts, to, { body: 'begun there', private: false })
  moveWritten(desk, { from, to, unsent: entry ? [entry] : [], files: [] })
  expect(readDraft(desk.drafts, to)).toEqual({ body: 'refused\nbeing written\nbegun there', private: false })
  expect(readDraft(desk.drafts, from).body).toBe('')
  expect(desk.uploads.takeBack).toHaveBeenCalledWith(to, [FILE])
  expect(desk.outbox.discard).toHaveBeenCalledWith(written.clientId)
})

test('a note among them makes all of it a note: no customer is sent it by being joined', () => {
  const desk = openDesk()
  writeDraft(desk.drafts, from, { body: 'to the customer', private: false })
  writeDraft(desk.drafts, to, { body: 'among us', private: true })
  moveWritten(desk, { from, to, unsent: [], files: [] })
  expect(readDraft(desk.drafts, to).private).toBe(true)
})

test('where nothing was written nothing is changed', () => {
  const desk = openDesk()
  writeDraft(desk.drafts, to, { body: 'begun there', private: false })
  moveWritten(desk, { from, to, unsent: [], files: [] })
  expect(readDraft(desk.drafts, to)).toEqual({ body: 'begun there', private: false })
})
