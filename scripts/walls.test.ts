import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** Nothing in these may be refused; they are also what the violations import. */
const ALLOWED: Record<string, string> = {
  'packages/db/src/index.ts': `export { open } from './pool/pool.ts'; export type { Row } from './tenant/tables.ts'`,
  'packages/db/src/pool/pool.ts': `import { connect } from 'mysql2'; export const open = connect`,
  'packages/db/src/pool/lease.ts': `import type { Waiter } from './waiter.ts'; export type Lease = Waiter`,
  'packages/db/src/pool/waiter.ts': `import { Lease } from './lease.ts'; export type Waiter = Lease`,
  'packages/db/src/tenant/tables.ts': `import type { Kysely } from 'kysely'; export type Row = Kysely`,
  'packages/api/src/index.ts': `export type { Router } from './root.ts'`,
  'packages/api/src/root.ts': `import './chat/router.ts'; export type Router = string`,
  'packages/api/src/trpc.ts': `import { open } from '@sarai/db'; export const procedure = open`,
  'packages/api/src/customer/schema.ts': `import { z } from 'zod'; export const Schema = z`,
  'packages/api/src/customer/model.ts': `export type Customer = string`,
  'packages/api/src/customer/queries.ts': `import { sql } from 'kysely'; export const find = sql`,
  'packages/api/src/permission/access.ts': `export const loadAccess = 1`,
  'packages/api/src/chat/router.ts': `import '../trpc.ts'; import '../permission/access.ts'; import type { Customer } from '../customer/model.ts'; export type A = Customer`,
  'packages/api/src/duplicate/router.ts': `import { find } from '../customer/queries.ts'; export const match = find`,
  'packages/api/src/dashboard/queries.ts': `import { find } from '../customer/queries.ts'; export const summary = find`,
  'apps/server/src/main.ts': `import type { Router } from '@sarai/api'; import { open } from '@sarai/db'; export type A = Router; export const b = open`,
  'apps/server/src/env.ts': `export const readEnv = 1`,
  'apps/cli/src/main.ts': `import '../../server/src/env.ts'; import { open } from '@sarai/db'; export const a = open`,
  'apps/web/src/lib/trpc.ts': `import type { Router } from '@sarai/api'; export type A = Router`,
  'apps/web/src/ui/button.tsx': `import '../lib/trpc.ts'; export const Button = 1`,
  'apps/web/src/features/customer/card.tsx': `import { Schema } from '@sarai/api/customer/schema'; import '../../ui/button.tsx'; export const Card = Schema`,
  'apps/web/src/features/chat/thread.tsx': `export const Thread = 1`,
  'apps/web/src/routes/chat.ts': `export const load = () => import('./chat-page.tsx'); export const path = 'chat'`,
  'apps/web/src/routes/chat-page.tsx': `import { path } from './chat.ts'; export const Page = path`,
  'apps/web/src/routes/customers.tsx': `import { Card } from '../features/customer/card.tsx'; export const Page = Card`,
  'e2e/story.spec.ts': `import { open } from '@sarai/db'; export const a = open`,
}

/** [the wall, the file that climbs over it, what it writes]; one file for each. */
const VIOLATIONS: readonly (readonly [string, string, string])[] = [
  ['no-circular', 'packages/db/src/a.ts', `import './b.ts'`],
  ['no-unresolvable', 'packages/db/src/lost.ts', `import './nowhere.ts'`],
  [
    'db-knows-nobody',
    'packages/db/src/upward.ts',
    `import type { Router } from '@sarai/api'; export type A = Router`,
  ],
  ['api-only-knows-db', 'packages/api/src/upward.ts', `import '../../../apps/server/src/main.ts'`],
  ['nobody-imports-the-server', 'e2e/inside.spec.ts', `import '../apps/server/src/main.ts'`],
  ['nobody-imports-the-server', 'packages/api/src/outward.ts', `import '../../../apps/cli/src/main.ts'`],
  ['the-server-knows-no-cli', 'apps/server/src/outward.ts', `import '../../cli/src/main.ts'`],
  ['cli-takes-settings-alone', 'apps/cli/src/inside.ts', `import '../../server/src/main.ts'`],
  [
    'web-never-touches-server',
    'apps/web/src/lib/value.ts',
    `import { Router } from '@sarai/api'; export const a = Router`,
  ],
  ['web-never-touches-server', 'apps/web/src/lib/lazy.ts', `export const a = import('@sarai/api')`],
  [
    'web-never-touches-database',
    'apps/web/src/lib/rows.ts',
    `import type { Row } from '@sarai/db'; export type A = Row`,
  ],
  ['slices-stay-apart', 'packages/api/src/chat/neighbour.ts', `import '../customer/router.ts'`],
  [
    'slices-stay-apart',
    'packages/api/src/chat/type.ts',
    `import type { R } from '../customer/router.ts'; export type A = R`,
  ],
  ['slices-stay-apart', 'packages/api/src/permission/reader.ts', `import '../customer/queries.ts'`],
  ['slices-stay-apart', 'packages/api/src/duplicate/caller.ts', `import '../chat/router.ts'`],
  ['slices-stay-apart', 'packages/api/src/customer/upside-down.ts', `import '../duplicate/router.ts'`],
  ['slices-stay-apart', 'packages/api/src/dashboard/caller.ts', `import '../customer/router.ts'`],
  ['web-features-stay-apart', 'apps/web/src/features/chat/side.tsx', `import '../customer/card.tsx'`],
  ['web-layers-point-down', 'apps/web/src/lib/up.ts', `import '../ui/button.tsx'`],
  ['web-layers-point-down', 'apps/web/src/ui/up.tsx', `import '../features/chat/thread.tsx'`],
  ['web-layers-point-down', 'apps/web/src/features/chat/up.tsx', `import '../../routes/customers.tsx'`],
  ['schema-is-pure', 'packages/api/src/chat/schema.ts', `import '../trpc.ts'`],
  ['only-db-has-mysql2', 'packages/api/src/chat/raw.ts', `import 'mysql2'`],
  ['only-db-and-api-have-kysely', 'apps/server/src/query.ts', `import 'kysely'`],
  [
    'pool-knows-no-table',
    'packages/db/src/pool/table.ts',
    `import type { Row } from '../tenant/tables.ts'; export type A = Row`,
  ],
  ['no-deep-src', 'packages/api/src/chat/deep.ts', `import '../../../db/src/pool/pool.ts'`],
  ['no-deep-src', 'apps/server/src/deep.ts', `import '../../../packages/api/src/trpc.ts'`],
]
const HALVES: Record<string, string> = {
  'packages/db/src/b.ts': `import './a.ts'`,
  'packages/api/src/customer/router.ts': `export type R = string`,
}

let root: string
let found: { name: string; from: string }[]

beforeAll(async () => {
  root = await realpath(await mkdtemp(join(tmpdir(), 'sarai-walls-')))
  for (const file of ['.dependency-cruiser.mjs', 'packages/db/package.json', 'packages/api/package.json']) {
    await mkdir(dirname(join(root, file)), { recursive: true })
    await cp(file, join(root, file))
  }
  for (const name of ['mysql2', 'kysely', 'zod']) {
    await write(`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' }))
    await write(`node_modules/${name}/index.js`, '')
  }
  await mkdir(join(root, 'node_modules/@sarai'))
  for (const name of ['db', 'api'])
    await symlink(`../../packages/${name}`, join(root, 'node_modules/@sarai', name))
  const files = [
    ...Object.entries({ ...ALLOWED, ...HALVES }),
    ...VIOLATIONS.map(([, file, text]) => [file, text] as const),
  ]
  for (const [file, text] of files) await write(file, text)
  found = await cruise()
}, 60_000)

afterAll(() => rm(root, { recursive: true, force: true }))

test.each(VIOLATIONS)('the wall %s refuses %s: %s', (wall, file) => {
  expect(found.filter((violation) => violation.from === file).map((violation) => violation.name)).toContain(
    wall,
  )
})

test('what the walls allow passes', () => {
  expect(found.filter((violation) => violation.from in ALLOWED)).toEqual([])
})

async function write(file: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, file)), { recursive: true })
  await writeFile(join(root, file), text)
}

async function cruise(): Promise<{ name: string; from: string }[]> {
  const bin = join(process.cwd(), 'node_modules/.bin/depcruise')
  const args = ['--config', '.dependency-cruiser.mjs', '--output-type', 'json', 'packages', 'apps', 'e2e']
  const { stdout } = await promisify(execFile)(bin, args, { cwd: root, maxBuffer: 2 ** 26 })
  const { summary } = JSON.parse(stdout) as Report
  return summary.violations.map(({ rule, from }) => ({ name: rule.name, from }))
}

interface Report {
  summary: { violations: { from: string; rule: { name: string } }[] }
}
