import { expect, test } from 'vitest'
import { hashPassword, verifyPassword } from './password.ts'
import { Password, PASSWORD_LENGTH_MAX, PASSWORD_LENGTH_MIN } from './schema.ts'

test('a password is kept as argon2id with 19 MiB, two passes and one lane', async () => {
  expect(await hashPassword('correct horse battery')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
})

test('the same password is never hashed to the same text', async () => {
  expect(await hashPassword('correct horse battery')).not.toBe(await hashPassword('correct horse battery'))
})

test('only the password that was hashed is accepted', async () => {
  const hash = await hashPassword('correct horse battery')
  expect(await verifyPassword({ hash, password: 'correct horse battery' })).toBe(true)
  expect(await verifyPassword({ hash, password: 'correct horse batterz' })).toBe(false)
})

test('a hash that cannot be read lets nobody in', async () => {
  expect(await verifyPassword({ hash: 'not a hash', password: 'correct horse battery' })).toBe(false)
})

test('passwords from 10 to 128 characters are taken', () => {
  expect([PASSWORD_LENGTH_MIN, PASSWORD_LENGTH_MAX]).toEqual([10, 128])
  const isTaken = (length: number) => Password.safeParse('x'.repeat(length)).success
  expect([9, 10, 128, 129].map(isTaken)).toEqual([false, true, true, false])
})
