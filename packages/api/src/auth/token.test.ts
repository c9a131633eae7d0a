import { newId } from '@sarai/db'
import { expect, test } from 'vitest'
import { hashToken, makeTenantToken, makeToken, readTenantId, TENANT_TOKEN_LENGTH } from './token.ts'

test('a tenant’s token names it and has a secret of its own', () => {
  const id = newId()
  const [one, other] = [makeTenantToken(id), makeTenantToken(id)]
  expect(readTenantId(one)).toBe(id)
  expect(one).toHaveLength(TENANT_TOKEN_LENGTH)
  expect(one).not.toBe(other)
})

test.each(['', 'short', 'x'.repeat(TENANT_TOKEN_LENGTH + 1), '!'.repeat(TENANT_TOKEN_LENGTH)])(
  'anything else names none: %j',
  (token) => {
    expect(readTenantId(token)).toBeUndefined()
  },
)

test('what is stored is not what was given', () => {
  const token = makeToken()
  expect(hashToken(token)).toMatch(/^[0-9a-f]{64}$/)
  expect(hashToken(token)).not.toContain(token)
})
