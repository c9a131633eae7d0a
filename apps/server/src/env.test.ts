import { expect, test } from 'vitest'
import { EnvError, readEnv } from './env.ts'

const SECRET = 'x'.repeat(32)
const URL = 'mysql://root:secret@db.example:3307'

function messageOf(source: NodeJS.ProcessEnv): string {
  try {
    readEnv(source)
  } catch (error) {
    if (error instanceof EnvError) return error.message
  }
  return 'no error'
}

test('nothing set: a private server on loopback, with the demo', () => {
  expect(readEnv({})).toMatchObject({
    PORT: 3000,
    HOST: '127.0.0.1',
    DATA_DIR: '.data',
    LOG_LEVEL: 'info',
    POOL_ACQUIRE_TIMEOUT_MS: 3_000,
    POOL_LEASE_WARN_MS: 10_000,
    POOL_LEASE_MAX_MS: 60_000,
    POOL_IDLE_MS: 60_000,
    TENANT_SPARES_MAX: 2,
    isDemo: true,
  })
})

test('files are kept where STORAGE_URL says, and a wrong one is refused without a word of its secret', () => {
  expect(readEnv({}).STORAGE_URL).toBeUndefined()
  expect(readEnv({ STORAGE_URL: 'file:///srv/files' }).STORAGE_URL).toEqual({
    kind: 'folder',
    path: '/srv/files',
  })
  const message = messageOf({ STORAGE_URL: 's3://key:hidden@host' })
  expect(message).toMatch(/^STORAGE_URL must be file:/)
  expect(message).not.toContain('hidden')
})

test('an empty variable counts as left out', () => {
  expect(readEnv({ PORT: '', INTERNAL_API_TOKEN: '', DATABASE_URL: '' })).toEqual(readEnv({}))
})

test('a given server has no demo unless it is asked for', () => {
  const given = { DATABASE_URL: URL, APP_SECRET: SECRET }
  expect(readEnv(given)).toMatchObject({ isDemo: false, DATABASE_URL: { host: 'db.example', port: 3307 } })
  expect(readEnv({ ...given, SARAI_DEMO: '1' }).isDemo).toBe(true)
  expect(readEnv({ SARAI_DEMO: '0' }).isDemo).toBe(false)
})

test('variables of other programs are left alone', () => {
  expect(readEnv({ PATH: '/bin', NODE_ENV: 'production' })).toEqual(readEnv({}))
})

test.each([
  ['PORT', 'abc'],
  ['PORT', '65536'],
  ['PORT', '-1'],
  ['PORT', '3000.5'],
  ['HOST', 'not a host'],
  ['PUBLIC_URL', 'desk.example'],
  ['PUBLIC_URL', 'https://desk.example/path'],
  ['PUBLIC_URL', 'ftp://desk.example'],
  ['TRUSTED_PROXIES', '10.0.0.0/8, nonsense'],
  ['DATABASE_URL', 'postgres://root:hunter2@localhost'],
  ['APP_SECRET', 'hunter2'],
  ['INTERNAL_API_TOKEN', 'two words'],
  ['SARAI_DEMO', 'yes'],
  ['TENANT_SPARES_MAX', '101'],
  ['LOG_LEVEL', 'loud'],
  ['POOL_CONNECTIONS_MAX', '0'],
  ['POOL_TENANT_CONNECTIONS_MAX', '1e3'],
  ['POOL_ACQUIRE_TIMEOUT_MS', '0'],
  ['POOL_QUEUE_MAX', 'many'],
  ['POOL_LEASE_WARN_MS', '3s'],
  ['POOL_LEASE_MAX_MS', ' '],
  ['POOL_IDLE_MS', '99999999999'],
])('%s=%s stops the start with one line that names it and does not repeat it', (name, value) => {
  const message = messageOf({ APP_SECRET: SECRET, [name]: value })
  expect(message).toMatch(new RegExp(`^${name} must `))
  expect(message).not.toContain('\n')
  expect(message).not.toContain('hunter2')
})

test('a given server asks for the secret that its data were sealed with', () => {
  expect(messageOf({ DATABASE_URL: URL })).toMatch(/^APP_SECRET must be set/)
})

test('a secret is counted in bytes', () => {
  expect(messageOf({ APP_SECRET: 'س'.repeat(15) })).toMatch(/^APP_SECRET must have at least 32 bytes/)
  expect(readEnv({ APP_SECRET: 'س'.repeat(16) }).APP_SECRET).toHaveLength(16)
})

test('a lease is not warned about after it has been taken back', () => {
  expect(messageOf({ POOL_LEASE_WARN_MS: '2', POOL_LEASE_MAX_MS: '1' })).toMatch(/^POOL_LEASE_WARN_MS must /)
})
