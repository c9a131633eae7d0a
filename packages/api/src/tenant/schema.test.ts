import { describe, expect, test } from 'vitest'
import {
  CreateTenantInput,
  OWNER_EMAIL_LENGTH_MAX,
  RESERVED_TENANT_KEYS,
  TENANT_NAME_LENGTH_MAX,
  TenantKey,
  TIME_ZONE_LENGTH_MAX,
  TimeZone,
  UpdateProfileInput,
  WEEK_STARTS,
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

describe('a time zone', () => {
  test.each(['UTC', 'Asia/Karachi', 'America/Argentina/Buenos_Aires', 'Etc/GMT+5'])('may be %s', (zone) => {
    expect(TimeZone.safeParse(zone).success).toBe(true)
  })

  test.each(['', '+05:00', 'Mars/Olympus', 'Asia/Karachi ', `A${'b'.repeat(TIME_ZONE_LENGTH_MAX)}`])(
    'may not be %j',
    (zone) => {
      expect(TimeZone.safeParse(zone).success).toBe(false)
    },
  )
})

test('a business has a name, a language of ours, and a week that begins where weeks begin', () => {
  const read = (input: object) => UpdateProfileInput.safeParse(input).success
  for (const weekStartsOn of WEEK_STARTS) expect(read({ weekStartsOn })).toBe(true)
  for (const input of [{ name: ' ' }, { name: 'x'.repeat(TENANT_NAME_LENGTH_MAX + 1) }, { language: 'fr' }])
    expect(read(input)).toBe(false)
  for (const input of [{ weekStartsOn: 1 }, { timeZone: null }, { logo: '' }]) expect(read(input)).toBe(false)
})
