import { afterEach, expect, test, vi } from 'vitest'
import { KEPT_ALIVE_CHARACTERS_MAX, send } from './send.ts'

afterEach(() => vi.unstubAllGlobals())

function isKeptAlive(init: RequestInit): boolean | undefined {
  const fetch = vi.fn<typeof globalThis.fetch>()
  vi.stubGlobal('fetch', fetch)
  void send('/trpc', init)
  return fetch.mock.calls[0]?.[1]?.keepalive
}

test('a change outlives its page, as long as browsers allow it', () => {
  expect(isKeptAlive({ method: 'POST', body: 'x'.repeat(KEPT_ALIVE_CHARACTERS_MAX) })).toBe(true)
  expect(isKeptAlive({ method: 'POST', body: 'x'.repeat(KEPT_ALIVE_CHARACTERS_MAX + 1) })).toBe(false)
})

test('what is only read does not', () => {
  expect(isKeptAlive({ method: 'GET' })).toBe(false)
})
