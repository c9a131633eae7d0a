import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ServerAddress } from '@sarai/db'
import { adminQuery, startTestServer, TEST_SECRET, type TestServer } from '@sarai/db/testing'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { EXIT_CODES } from './exit-codes.ts'
import { run as runCommand } from './run.ts'

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url))

/** A server of its own: the command line opens the installation that is called `sarai`. */
let server: TestServer
let folder: string

beforeAll(async () => {
  server = await startTestServer({ maxConnections: 50 })
  folder = await mkdtemp(join(tmpdir(), 'sarai-cli-'))
})
afterAll(async () => {
  await server[Symbol.asyncDispose]()
  await rm(folder, { recursive: true })
})

interface Ran {
  code: number
  out: string
  err: string
}

/** A command as people type it, in this process: its answer, what it says beside, and what it ends with. */
async function run(
  args: string[],
  environment: Record<string, string> = {},
  onProgress: (line: string) => void = () => undefined,
): Promise<Ran> {
  const written = { out: '', err: '' }
  const take = (stream: 'out' | 'err') => (text: string | Uint8Array) => {
    written[stream] += String(text)
    if (stream === 'err') onProgress(String(text))
    return true
  }
  const settings = { DATABASE_URL: toUrl(server.admin), APP_SECRET: TEST_SECRET, ...environment }
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value)
  const spies = [
    vi.spyOn(process.stdout, 'write').mockImplementation(take('out')),
    vi.spyOn(process.stderr, 'write').mockImplementation(take('err')),
  ]
  try {
    const code = await runCommand(args)
    return { code, ...written }
  } finally {
    for (const spy of spies) spy.mockRestore()
    vi.unstubAllEnvs()
  }
}

function toUrl({ host, port, user, password }: ServerAddress): string {
  return `mysql://${encodeURIComponent(user)}:${encodeURIComponent(password)}@${host}:${port}`
}

async function runJson(...args: string[]): Promise<unknown> {
  const { code, out, err } = await run(['--json', ...args])
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${err}`)
  return JSON.parse(out)
}

describe('sarai', () => {
  test('leads a tenant from its making to its end', async () => {
    const created = await runJson(
      'tenant',
      'create',
      'rabin',
      '--name',
      'Rabin',
      '--owner',
      'owner@rabin.test',
    )
    expect(created).toMatchObject({
      tenantKey: 'rabin',
      status: 'active',
      owner: 'owner@rabin.test',
      initialPassword: expect.stringMatching(/^[\w-]{20}$/),
    })
    expect(await runJson('tenant', 'suspend', 'rabin')).toMatchObject({ status: 'suspended' })
    expect(await runJson('tenant', 'list', '--status', 'suspended')).toMatchObject([{ tenantKey: 'rabin' }])
    expect(await runJson('tenant', 'resume', 'rabin')).toMatchObject({ status: 'active' })
    const early = await run(['tenant', 'delete', 'rabin', '--confirm', 'rabin'])
    expect(early).toMatchObject({ code: EXIT_CODES.conflict, out: '' })
    expect(await runJson('tenant', 'archive', 'rabin')).toMatchObject({ status: 'archived' })
    expect(await runJson('tenant', 'info', 'rabin')).toMatchObject({ deletedAfter: expect.any(String) })
    const mistyped = await run(['tenant', 'delete', 'rabin', '--confirm', 'robin'])
    expect(mistyped).toMatchObject({
      code: EXIT_CODES.usage,
      err: expect.stringContaining('--confirm rabin'),
    })
    expect(await runJson('tenant', 'delete', 'rabin', '--confirm', 'rabin')).toMatchObject({
      status: 'deleted',
    })
    expect(await run(['tenant', 'info', 'rabin'])).toMatchObject({ code: EXIT_CODES.notFound, out: '' })
    const written = await readAudit()
    expect(written.map(({ action }) => action)).toEqual(
      ['created', 'suspended', 'resumed', 'archived', 'deleted'].map((verb) => `tenant.${verb}`),
    )
    for (const line of written) {
      expect(line).toMatchObject({ kind: 'system', thing: 'Rabin (rabin)', address: null })
      expect(line['actor']).toContain('@')
    }
    expect(written[1]).toMatchObject({ program: 'sarai tenant suspend' })
  })

  async function readAudit() {
    return adminQuery(
      server.admin,
      'SELECT action, actor_kind AS kind, actor_name AS actor, entity_name AS thing, address, user_agent AS program FROM sarai.audit_log ORDER BY id',
      [],
    )
  }

  test('leads a person: first password, operator, new password', async () => {
    await runJson('user', 'create', 'omar@sarai.test', '--name', 'Omar')
    await runJson('user', 'create', 'nadia@sarai.test', '--name', 'Nadia')
    expect(await runJson('user', 'make-operator', 'omar@sarai.test')).toMatchObject({ isOperator: true })
    expect(await runJson('user', 'list', '--search', 'omar')).toMatchObject([{ isOperator: true }])
    expect(await run(['user', 'remove-operator', 'omar@sarai.test'])).toMatchObject({
      code: EXIT_CODES.conflict,
    })
    expect(await runJson('user', 'reset-password', 'nadia@sarai.test')).toMatchObject({
      initialPassword: expect.stringMatching(/^[\w-]{20}$/),
    })
    expect(await runJson('user', 'end-sessions', 'nadia@sarai.test')).toMatchObject({ sessions: 0 })
    expect(await run(['user', 'two-factor-off', 'nadia@sarai.test'])).toMatchObject({
      code: EXIT_CODES.conflict,
    })
    expect((await readAudit()).slice(-2)).toMatchObject([
      { action: 'user.password-reset', thing: 'nadia@sarai.test' },
      { action: 'user.sessions-ended', thing: 'nadia@sarai.test' },
    ])
    expect(await run(['user', 'reset-password', 'nobody@sarai.test'])).toMatchObject({
      code: EXIT_CODES.notFound,
    })
  })

  test('says what schemas tenants have, migrates what is behind, and changes keys and passwords', async () => {
    await runJson('tenant', 'create', 'zaitoon', '--name', 'Zaitoon', '--owner', 'owner@zaitoon.test')
    expect(await runJson('migrate', 'status')).toMatchObject({ versions: [{ tenants: expect.any(Number) }] })
    expect(await runJson('migrate', 'run', '--dry-run')).toMatchObject({ planned: [], failed: [] })
    expect(await runJson('migrate', 'run')).toMatchObject({ migrated: [], failed: [], stopped: null })
    expect(await run(['migrate', 'stop'])).toMatchObject({ code: EXIT_CODES.conflict })
    expect(await runJson('secret', 'rotate')).toMatchObject({ version: 2, unreadable: [] })
    expect(await runJson('secret', 'rotate', 'zaitoon')).toMatchObject({ tenantKey: 'zaitoon' })
    expect(await run(['secret', 'rotate', 'nobody'])).toMatchObject({ code: EXIT_CODES.notFound })
    const { code } = await run(['tenant', 'export', 'zaitoon', '--to', join(folder, 'zaitoon.zip')])
    expect(code).toBe(EXIT_CODES.ok)
  })

  test('takes a tenant out into a file, in again under another key, and copies one', async () => {
    await runJson('tenant', 'create', 'shop', '--name', 'Shop', '--owner', 'owner@shop.test')
    const file = join(folder, 'shop.zip')
    expect(await runJson('tenant', 'export', 'shop', '--to', file)).toMatchObject({
      file,
      rows: expect.any(Number),
    })
    expect(await run(['tenant', 'export', 'shop', '--to', file])).toMatchObject({
      code: EXIT_CODES.usage,
      out: '',
    })
    const imported = await runJson('tenant', 'import', file, '--key', 'shop-two', '--name', 'Two')
    expect(imported).toMatchObject({
      tenantKey: 'shop-two',
      name: 'Two',
      status: 'active',
      members: 1,
      namesOnly: 0,
    })
    const cloned = await runJson(
      'tenant',
      'clone',
      'shop',
      '--key',
      'shop-three',
      '--owner',
      'owner@shop.test',
    )
    expect(cloned).toMatchObject({ tenantKey: 'shop-three', name: 'Shop', members: 1 })
    await writeFile(file, 'no archive')
    const refused = await run(['tenant', 'import', file, '--key', 'shop-four'])
    expect(refused).toMatchObject({
      code: EXIT_CODES.usage,
      err: expect.stringContaining('no archive of a tenant'),
    })
    expect(await run(['tenant', 'info', 'shop-four'])).toMatchObject({ code: EXIT_CODES.notFound })
    expect((await readAudit()).slice(-3)).toMatchObject([
      { action: 'tenant.exported', thing: 'Shop (shop)' },
      { action: 'tenant.imported', thing: 'Two (shop-two)' },
      { action: 'tenant.cloned', thing: 'Shop (shop-three)' },
    ])
  })

  test('Ctrl-C cancels a copy, which can be seen like any other, and takes away what was half made', async () => {
    const pressOnce = (line: string) => {
      if (line.startsWith('filling')) process.emit('SIGINT')
    }
    const cancelled = await run(['tenant', 'clone', 'shop', '--key', 'shop-five'], {}, pressOnce)
    expect(cancelled).toMatchObject({
      code: EXIT_CODES.cancelled,
      out: '',
      err: expect.stringMatching(/Cancelled/),
    })
    expect(await run(['tenant', 'info', 'shop-five'])).toMatchObject({ code: EXIT_CODES.notFound })
    const list = (await runJson('transfer', 'list', '--tenant', 'shop-five')) as { id: string }[]
    expect(list).toMatchObject([{ kind: 'clone', state: 'cancelled', fromKey: 'shop' }])
    const again = await run(['transfer', 'cancel', list[0]?.id ?? ''])
    expect(again).toMatchObject({ code: EXIT_CODES.conflict })
    expect(process.listenerCount('SIGINT')).toBe(0)
  })

  test('completes commands, options and keys of tenants', async () => {
    const complete = async (...words: string[]) => (await run(['complete', '--', ...words])).out.split('\n')
    expect(await complete('ten')).toContain('tenant')
    expect(await complete('tenant', 'res')).toEqual(['resume', 'restore', ''])
    expect(await complete('tenant', 'create', '--n')).toContain('--name')
    expect(await complete('tenant', 'suspend', 'zai')).toContain('zaitoon')
    expect((await run(['completion', 'bash'])).out).toContain('complete -F _sarai sarai')
  })

  test('finds an installation healthy, and says what is wrong with one that is not', async () => {
    const healthy = await run(['doctor'])
    expect(healthy.out).not.toContain('MEND')
    expect(healthy).toMatchObject({ code: EXIT_CODES.ok })
    const other = await run(['doctor'], { APP_SECRET: TEST_SECRET.toUpperCase() })
    expect(other).toMatchObject({ code: EXIT_CODES.problems, out: expect.stringMatching(/MEND\s+secret/) })
    const away = await run(['doctor'], { DATABASE_URL: 'mysql://nobody:nothing@127.0.0.1:1' })
    expect(away).toMatchObject({ code: EXIT_CODES.problems, out: expect.stringMatching(/MEND\s+server/) })
    expect(away.out + away.err).not.toContain('nothing')
  })

  test.each([
    [['tenant', 'explode'], 'explode'],
    [['tenant', 'create', 'UPPER', '--name', 'X', '--owner', 'x@x.test'], 'tenantKey'],
    [['tenant', 'create', 'fine', '--name', 'X', '--owner', 'nobody'], 'ownerEmail'],
    [['tenant', 'list', '--status', 'asleep'], 'status'],
    [['completion', 'tcsh'], 'bash, zsh, fish'],
  ])('%j is refused with what is wrong, before anything is done', async (args, said) => {
    const { code, out, err } = await run(args)
    expect({ code, out }).toEqual({ code: EXIT_CODES.usage, out: '' })
    expect(err).toContain(said)
  })

  test('names the setting that is wrong', async () => {
    const { code, err } = await run(['tenant', 'list'], { APP_SECRET: 'short' })
    expect({ code, err }).toEqual({
      code: EXIT_CODES.usage,
      err: 'APP_SECRET must have at least 32 bytes.\n',
    })
  })

  test('is a program of its own: its answer on standard output, its code the one that it ends with', async () => {
    const { stdout } = await promisify(execFile)(process.execPath, [MAIN, '--help'])
    expect(stdout).toContain('Exit codes')
    const refused = promisify(execFile)(process.execPath, [MAIN, 'tenant', 'explode'])
    await expect(refused).rejects.toMatchObject({ code: EXIT_CODES.usage, stdout: '' })
  })
})
