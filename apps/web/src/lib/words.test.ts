import 'fake-indexeddb/auto'
import { expect, test, vi } from 'vitest'
import { countUnsent, forgetWords, hasOutbox, readWords } from './words.ts'

let people = 0
const newOwner = () => ({ tenantKey: 'rabin', userId: `person ${people++}` })

test('another tab hears what is written and what is removed', async () => {
  const owner = newOwner()
  const [here, there] = [await readWords(owner), await readWords(owner)]
  const heard: unknown[] = []
  there.outbox.listen((key, value) => heard.push([key, value]))
  here.outbox.write('one', { body: 'x' })
  await vi.waitFor(() => expect(there.outbox.read('one')).toEqual({ body: 'x' }))
  here.outbox.remove('one')
  await vi.waitFor(() => expect(there.outbox.read('one')).toBeUndefined())
  expect(heard).toEqual([
    ['one', { body: 'x' }],
    ['one', undefined],
  ])
})

test('what another tab has removed is not there, even before that is heard', async () => {
  const owner = newOwner()
  const [here, there] = [await readWords(owner), await readWords(owner)]
  here.outbox.write('one', { body: 'x' })
  expect(await here.outbox.isKept('one')).toBe(true)
  here.outbox.remove('one')
  expect(await there.outbox.isKept('one')).toBe(false)
})

test('what storage does not take counts as there in its own tab: nothing is lost that is on screen', async () => {
  const { outbox } = await readWords(newOwner())
  const full = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new DOMException('full', 'QuotaExceededError')
  })
  outbox.write('one', { body: 'x' })
  await vi.waitFor(() => expect(full).toHaveBeenCalled())
  full.mockRestore()
  await expect.poll(() => outbox.isKept('one')).toBe(true)
})

test('unsent messages and drafts are counted in all workspaces of a person, empty ones not', async () => {
  const owner = newOwner()
  const rabin = await readWords(owner)
  const zaitoon = await readWords({ ...owner, tenantKey: 'zaitoon' })
  rabin.outbox.write('message', { body: 'unsent' })
  rabin.draft.write('choice', { body: '', private: true })
  zaitoon.draft.write('draft', { body: 'half' })
  ;(await readWords(newOwner())).draft.write('foreign', { body: 'not mine' })
  // Files beside a draft are counted with it, and by themselves where nothing is written.
  zaitoon.chosen.write('file', { key: 'file', conversationId: 'draft' })
  zaitoon.chosen.write('more', { key: 'more', conversationId: 'files alone' })
  await expect.poll(() => countUnsent(owner.userId)).toBe(3)
  expect(await hasOutbox(owner)).toBe(true)
  expect(await hasOutbox({ ...owner, tenantKey: 'zaitoon' })).toBe(false)
})

test('forgetting a person leaves nothing of them, and all of others', async () => {
  const [owner, other] = [newOwner(), newOwner()]
  const mine = await readWords(owner)
  const theirs = await readWords(other)
  mine.draft.write('one', { body: 'x' })
  theirs.draft.write('one', { body: 'y' })
  await expect.poll(() => countUnsent(owner.userId)).toBe(1)
  await forgetWords(owner.userId)
  expect(await countUnsent(owner.userId)).toBe(0)
  expect(await countUnsent(other.userId)).toBe(1)
})
