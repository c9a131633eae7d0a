import { describe, expect, test } from 'vitest'
import {
  CreateTenantInput,
  OWNER_EMAIL_LENGTH_MAX,
  RESERVED_TENANT_KEYS,
  TENANT_NAME_LENGTH_MAX,
  TenantKey,
} from './schema.ts'

describe('a tenant key', () => {
  test.each(['rabin', 'a-b', 'abc', 'shop-24', `a${'b'.repeat(31)}`])('may be %s', (key) => {
    expect(TenantKey.safeParse(key).success).toBe(true)
  })

  test.each(['', 'ab', 'Rabin', '1shop', '-shop', 'shop-', 'a b', 'دکان', 'a/b', `a${'b'.repeat(32)}`])(
    'may not be %j',
    (key) => {
      expect(TenantKey.safeParse(key).success).toBe(false)
    },
  )

  test.each(RESERVED_TENANT_KEYS)('may not be %s, which a path uses', (key) => {
    expect(TenantKey.safeParse(key).success).toBe(false)
  })
})

test('a new tenant needs a name of bounded length and the e-mail of an owner', () => {
  const input = {
    tenantKey: 'rabin',
    name: 'x'.repeat(TENANT_NAME_LENGTH_MAX),
    ownerEmail: 'owner@rabin.test',
  }
  expect(CreateTenantInput.safeParse(input).success).toBe(true)
  for (const wrong of [
    { name: '' },
    { name: `${input.name}x` },
    { ownerEmail: 'owner' },
    { ownerEmail: `${'x'.repeat(OWNER_EMAIL_LENGTH_MAX)}@a.test` },
    { plan: 'free' },
  ]) {
    expect(CreateTenantInput.safeParse({ ...input, ...wrong }).success).toBe(false)
  }
})
