import { spawnSync } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { Writable } from 'node:stream'
import { DatabaseError } from '@sarai/db'
import { expect, test } from 'vitest'
import { createLog, loggedTenant, makeRequestId } from './request-log.ts'

function idFor(given: string | string[] | undefined): string {
  return makeRequestId({ headers: given === undefined ? {} : { 'x-request-id': given } })
}

test('a sane request id is kept, anything else is replaced', () => {
  expect(idFor('trace-0123456789.A_b')).toBe('trace-0123456789.A_b')
  for (const given of [
    undefined,
    '',
    'short',
    'x'.repeat(65),
    'with space',
    'line\nbreak',
    '{"json":1}',
    ['a'.repeat(10)],
  ]) {
    expect(idFor(given)).toMatch(/^[0-9a-f-]{36}$/)
  }
})

test('the tenant of a line is a key that a tenant could have, or none', () => {
  expect(['/t/rabin/trpc/customer.list', '/rabin/chat', '/t/rabin', '/rabin'].map(loggedTenant)).toEqual(
    Array.from({ length: 4 }, () => 'rabin'),
  )
  const others = [
    '/',
    '/trpc/tenant.mine',
    '/api/internal/tenant-info',
    '/t/No Such/trpc/x',
    '/operator/tenants',
    '/healthz',
  ]
  expect(others.map(loggedTenant)).toEqual(others.map(() => null))
})

test('an error is logged with its causes and without the statement that a driver hangs on it', () => {
  const lines: string[] = []
  const output = new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) })
  const driver = Object.assign(new Error('Duplicate entry'), {
    errno: 1062,
    code: 'ER_DUP_ENTRY',
    sql: "INSERT 'private'",
  })
  const error = new DatabaseError('CONNECTION_LOST', 'lost', { cause: driver })
  createLog('info', output).error({ err: error }, 'failed')
  const [line = ''] = lines
  expect(JSON.parse(line)).toMatchObject({
    level: 'error',
    msg: 'failed',
    err: { type: 'DatabaseError', code: 'CONNECTION_LOST', cause: { code: 'ER_DUP_ENTRY' } },
  })
  expect(line).not.toContain('private')
})

test.skipIf(process.platform !== 'linux')(
  'a log that cannot be written neither ends the process nor keeps it from ending',
  () => {
    const full = openSync('/dev/full', 'w')
    const { href } = new URL('request-log.ts', import.meta.url)
    const script = `
      import { createLog } from ${JSON.stringify(href)}
      const log = createLog('info')
      for (let line = 0; line < 3; line++) log.info({ line }, 'to nowhere')
      setTimeout(() => { log.info('the last'); process.exit(7) }, 50)`
    const { status } = spawnSync(process.execPath, ['--input-type=module', '-e', script], {
      stdio: ['ignore', full, 'inherit'],
      timeout: 20_000,
    })
    closeSync(full)
    expect(status).toBe(7)
  },
)
