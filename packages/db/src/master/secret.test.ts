import { describe, expect, test } from 'vitest'
import { makeKeyring, SECRET_BYTES_MIN } from './secret.ts'

const SECRET = 'x'.repeat(SECRET_BYTES_MIN)
const DOES_NOT_OPEN = /unable to authenticate data|unknown form/
const TENANT = '0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b'

describe('the keyring', () => {
  test('a secret of 31 bytes is refused, one of 32 is taken, and bytes are counted, not letters', () => {
    expect(() => makeKeyring('x'.repeat(SECRET_BYTES_MIN - 1))).toThrow(/at least 32 bytes/)
    expect(makeKeyring(SECRET)).toBeDefined()
    expect(makeKeyring('س'.repeat(SECRET_BYTES_MIN / 2))).toBeDefined()
  })

  test('what is sealed opens again, and only by the same secret for the same tenant', () => {
    const keyring = makeKeyring(SECRET)
    const sealed = keyring.seal('pässword', TENANT)
    expect(keyring.unseal(sealed, TENANT)).toBe('pässword')
    expect(() => makeKeyring(SECRET.replace('x', 'y')).unseal(sealed, TENANT)).toThrow(DOES_NOT_OPEN)
    expect(() => keyring.unseal(sealed, TENANT.replace('0', '1'))).toThrow(DOES_NOT_OPEN)
  })

  test('a sealed secret never contains the plaintext and is never the same twice', () => {
    const keyring = makeKeyring(SECRET)
    const sealed = [keyring.seal('password', TENANT), keyring.seal('password', TENANT)]
    expect(new Set(sealed).size).toBe(2)
    for (const text of sealed) expect(text).toMatch(/^v1\.[\w-]{16}\.[\w-]+$/)
  })

  test('a changed character anywhere, a cut end and an unknown version are refused', () => {
    const keyring = makeKeyring(SECRET)
    const sealed = keyring.seal('password', TENANT)
    for (let index = 0; index < sealed.length - 1; index++) {
      const other = sealed[index] === 'A' ? 'B' : 'A'
      const changed = sealed.slice(0, index) + other + sealed.slice(index + 1)
      expect(() => keyring.unseal(changed, TENANT), changed).toThrow(DOES_NOT_OPEN)
    }
    expect(() => keyring.unseal(sealed.slice(0, -4), TENANT)).toThrow(DOES_NOT_OPEN)
    expect(() => keyring.unseal(sealed.replace('v1', 'v2'), TENANT)).toThrow(/unknown form/)
    expect(() => keyring.unseal('', TENANT)).toThrow(/unknown form/)
  })

  test('the control plane password is the same at every start and neither the secret nor the sealing key', () => {
    const [first, second] = [makeKeyring(SECRET), makeKeyring(SECRET)]
    expect(first.masterPassword).toBe(second.masterPassword)
    expect(first.masterPassword).toHaveLength(43)
    expect(first.masterPassword).not.toContain(SECRET)
  })

  test('after a new key seals under it, still opens what older ones sealed, and says of a key that it lacks that it lacks it', () => {
    const [first, second] = [makeKeyring(SECRET), makeKeyring(SECRET)]
    const old = first.seal('password', TENANT)
    const key = first.makeKey()
    expect(key.version).toBe(2)
    expect(first.version).toBe(1)
    first.learn([key])
    const sealed = first.seal('password', TENANT)
    expect(sealed).toMatch(/^v2\./)
    expect([first.unseal(old, TENANT), first.unseal(sealed, TENANT)]).toEqual(['password', 'password'])
    expect(second.knows(old)).toBe(true)
    expect(second.knows(sealed)).toBe(false)
    expect(() => second.unseal(sealed, TENANT)).toThrow(/not known here/)
    second.learn([key])
    expect(second.unseal(sealed, TENANT)).toBe('password')
  })

  test('a key opens for the same secret and version only, and is never written in the clear', () => {
    const keyring = makeKeyring(SECRET)
    const key = keyring.makeKey()
    expect(() => makeKeyring(SECRET.replace('x', 'y')).learn([key])).toThrow(DOES_NOT_OPEN)
    expect(() => keyring.learn([{ ...key, version: 3 }])).toThrow(DOES_NOT_OPEN)
    expect(keyring.makeKey().wrapped).not.toBe(key.wrapped)
  })
})
