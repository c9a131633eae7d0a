import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { findAppSecret } from './app-secret.ts'
import { EnvError } from './env.ts'

let dataDir: string

beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'sarai-secret-'))
})

afterEach(() => rm(dataDir, { recursive: true }))

test('the secret is made once, for this user alone', async () => {
  const secret = await findAppSecret({ dataDir: join(dataDir, 'new') })
  expect(Buffer.byteLength(secret)).toBeGreaterThanOrEqual(32)
  expect(await findAppSecret({ dataDir: join(dataDir, 'new') })).toBe(secret)
  expect((await stat(join(dataDir, 'new/app-secret'))).mode & 0o777).toBe(0o600)
})

test('first starts at once agree on one secret and leave nothing else behind', async () => {
  const secrets = await Promise.all(Array.from({ length: 8 }, () => findAppSecret({ dataDir })))
  expect(new Set(secrets).size).toBe(1)
  expect(await readdir(dataDir)).toEqual(['app-secret'])
})

test('a secret that others could read is closed again', async () => {
  const secret = await findAppSecret({ dataDir })
  await chmod(join(dataDir, 'app-secret'), 0o644)
  expect(await findAppSecret({ dataDir })).toBe(secret)
  expect((await stat(join(dataDir, 'app-secret'))).mode & 0o777).toBe(0o600)
})

test('a given secret is taken and never written down', async () => {
  expect(await findAppSecret({ given: 'x'.repeat(32), dataDir })).toBe('x'.repeat(32))
  expect(await readdir(dataDir)).toEqual([])
})

test('a damaged secret is not replaced: what it sealed would be lost', async () => {
  await writeFile(join(dataDir, 'app-secret'), 'short')
  await expect(findAppSecret({ dataDir })).rejects.toThrow(EnvError)
  expect(await readFile(join(dataDir, 'app-secret'), 'utf8')).toBe('short')
})
