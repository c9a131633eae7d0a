import { createAuth } from '@sarai/api'
import { createTestDatabase, getTenantLogin, startTestServer, TEST_SECRET } from '@sarai/db/testing'
import type { InjectOptions } from 'fastify'
import { describe, expect, test } from 'vitest'
import { createLog } from '../src/request-log.ts'
import { signIn, signInRequest, TEST_PASSWORD } from '../src/testing.ts'
import { toRequest } from './call-procedure.ts'
import { exampleFor, listAttacked } from './rows.ts'
import { openTwoTenants, PATIENT_POOL } from './two-tenants.ts'

const WRONG_PASSWORD = 'wrong-horse-battery'
const TYPED = 'typed-by-a-customer'

/** Short, because nobody is there to wait for. */
const POOL = { acquireTimeoutMs: 300 }

/** An installation that logs everything there is to log into a list of lines. */
async function openLogged(options: Parameters<typeof createTestDatabase>[0] = {}) {
  const lines: string[] = []
  const log = createLog('trace', { write: (line) => void lines.push(line) })
  const database = await createTestDatabase({
    pool: PATIENT_POOL,
    ...options,
    log: ({ level, message, fields }) => log[level](fields, message),
  })
  const auth = createAuth({
    master: database.master,
    secret: TEST_SECRET,
    baseUrl: 'http://localhost:3000',
    log,
  })
  const tenants = await openTwoTenants({ log, database, auth })
  return { lines, database, tenants }
}

/** Every path there is, asked as the owner. */
function everyRequest(cookie: string): InjectOptions[] {
  const procedures = listAttacked()
    .filter(({ type }) => type !== 'subscription')
    .map((procedure) => {
      const tenantKey = procedure.meta.audience === 'member' ? 'rabin' : null
      return toRequest({ ...procedure, tenantKey, cookie, input: exampleFor(procedure) })
    })
  const others = [
    '/',
    '/sign-in',
    '/readyz',
    '/metrics',
    '/api/auth/get-session',
    '/nope?token=typed-by-a-customer',
  ]
  return [
    ...procedures,
    ...others.map((url) => ({ url, headers: { cookie } })),
    { url: '/api/internal/tenant-info?tenant_key=rabin' },
    signInRequest({ email: 'owner@rabin.test', password: WRONG_PASSWORD }),
  ]
}

describe('the log', () => {
  test('holds no password, hash, cookie, token or text that was typed, whatever is asked and however it fails', async () => {
    const { lines, database, tenants } = await openLogged()
    await using _database = database
    await using _tenants = tenants
    const { app } = tenants.http
    const { own } = tenants
    const cookie = await signIn(tenants.http, own.email)
    const login = await getTenantLogin(database, own.tenantKey)
    for (const request of everyRequest(cookie)) await app.inject(request)
    await app.inject(toRequest({ ...own, path: 'customer.create', type: 'mutation', input: { name: TYPED } }))
    await app.inject(toRequest({ ...own, path: 'customer.list', type: 'query', input: { search: TYPED } }))
    await app.inject(toRequest({ ...own, path: `${TYPED}.nope`, type: 'query', json: `{"${TYPED}":` }))
    await app.inject({
      url: '/trpc/tenant.mine',
      headers: { authorization: `Bearer ${TYPED}`, cookie: TYPED },
    })
    const all = lines.join('')
    expect(lines.length).toBeGreaterThan(20)
    const token = decodeURIComponent(cookie).split('=')[1] ?? 'none'
    for (const secret of [TEST_PASSWORD, WRONG_PASSWORD, token, login.password, TEST_SECRET, '$argon2']) {
      expect(all.includes(secret), secret).toBe(false)
    }
    expect(lines.filter((line) => line.includes(TYPED)).map(withoutPath)).not.toContainEqual(
      expect.stringContaining(TYPED),
    )
  })

  /** The path is the one thing that a caller can write into the log. */
  function withoutPath(line: string): string {
    const { path, ...rest } = JSON.parse(line) as Record<string, unknown>
    return JSON.stringify({ ...rest, hadPath: path !== undefined })
  }

  test('has one line for one event, whatever a caller writes into it', async () => {
    const { lines, database, tenants } = await openLogged()
    await using _database = database
    await using _tenants = tenants
    lines.length = 0
    const forged = '{"level":"fatal","msg":"forged"}'
    for (const url of [
      `/x%0a${encodeURIComponent(forged)}`,
      `/x%0d%0a${encodeURIComponent(forged)}`,
      '/%1b[31m%07',
    ]) {
      await tenants.http.app.inject({
        url,
        headers: { 'user-agent': `a\t${forged}`, 'x-request-id': forged },
      })
    }
    const events = lines
      .join('')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(events.map(({ level }) => level)).not.toContain('fatal')
    expect(events.map(({ msg }) => msg)).not.toContain('forged')
    expect(lines.join('')).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f]/)
  })
})

describe('a database that is gone', () => {
  test('is told to everybody in a sentence: no address, account, statement or stack', async () => {
    const server = await startTestServer()
    let stopped: PromiseLike<void> | undefined
    const stop = () => (stopped ??= server[Symbol.asyncDispose]())
    await using cleanUp = new AsyncDisposableStack()
    cleanUp.defer(async () => stop())
    const { database, tenants } = await openLogged({ server: server.admin, pool: POOL })
    cleanUp.defer(() => database.close({ graceMs: 0 }))
    cleanUp.use(tenants)
    const cookie = await signIn(tenants.http, tenants.own.email)
    const login = await getTenantLogin(database, 'rabin')
    await stop()
    const secrets = [
      login.user,
      login.password,
      login.database,
      database.name,
      server.dataDir,
      '.sock',
      '127.0.0.1',
    ]
    for (const request of everyRequest(cookie)) {
      const { statusCode, body, headers } = await tenants.http.app.inject(request)
      const asked = JSON.stringify(request)
      expect(statusCode, asked).toBeLessThan(600)
      expect(body, asked).not.toMatch(
        /node_modules|\bat \w+ \(|\.ts:\d|SELECT |mysql|maria|ECONN|ENOENT|\bER_[A-Z]/i,
      )
      for (const secret of secrets)
        expect(body.includes(String(secret)), `${asked}: ${String(secret)}`).toBe(false)
      expect(headers['x-content-type-options']).toBe('nosniff')
      if (statusCode >= 400) expect(headers['cache-control'], asked).toBe('no-store')
    }
  })
})
