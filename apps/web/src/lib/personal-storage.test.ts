import { expect, test } from 'vitest'
import { countUnsent, createPersonalStorage, forgetWords } from './personal-storage.ts'
import { MemoryStorage } from './testing-storage.ts'

const AYESHA = 'ayesha'
const BILAL = 'bilal'

function write(browser: Storage, owner: Parameters<typeof createPersonalStorage>[1], body: string): void {
  createPersonalStorage(browser, owner).write('1', JSON.stringify({ body }))
}

test('what somebody wrote is counted in every workspace; an empty note is nothing written', () => {
  const browser = new MemoryStorage()
  write(browser, { tenantKey: 'rabin', userId: AYESHA, kind: 'outbox' }, 'on its way')
  write(browser, { tenantKey: 'zaitoon', userId: AYESHA, kind: 'draft' }, 'half writ')
  write(browser, { tenantKey: 'rabin', userId: AYESHA, kind: 'draft' }, ' ')
  write(browser, { tenantKey: 'rabin', userId: BILAL, kind: 'outbox' }, 'not hers')
  browser.setItem(`sarai:draft:rabin:${AYESHA}:2`, 'damaged')
  expect(countUnsent(browser, AYESHA)).toBe(2)
})

test('who leaves leaves no words behind, and takes nobody else’s with them', () => {
  const browser = new MemoryStorage()
  for (const kind of ['draft', 'outbox'] as const) {
    write(browser, { tenantKey: 'rabin', userId: AYESHA, kind }, 'hers')
    write(browser, { tenantKey: 'rabin', userId: BILAL, kind }, 'his')
  }
  browser.setItem('sarai.locale', 'ur')
  forgetWords(browser, AYESHA)
  const left = Array.from({ length: browser.length }, (_, index) => browser.key(index))
  expect(left).toEqual(['sarai:draft:rabin:bilal:1', 'sarai:outbox:rabin:bilal:1', 'sarai.locale'])
})

test('a browser that forbids storage has nothing to count or to forget', () => {
  const browser = new MemoryStorage()
  Object.defineProperty(browser, 'length', {
    get: () => {
      throw new Error('forbidden')
    },
  })
  expect(countUnsent(browser, AYESHA)).toBe(0)
  expect(() => forgetWords(browser, AYESHA)).not.toThrow()
})
