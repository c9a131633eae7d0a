import { randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Connection } from 'mysql2/promise'
import { describe, expect, inject, test } from 'vitest'
import { MASTER_MIGRATIONS } from '../master/migrations.ts'
import { migrate } from '../migrate.ts'
import { createDatabase, dropDatabase, quoteName } from '../server/account.ts'
import { withAdmin } from '../server/admin.ts'
import { findBreakingChanges, readSchema } from './breaking-changes.ts'
import { readDeclaredTables } from './declared-tables.ts'
import { TENANT_MIGRATIONS } from './migrations.ts'

const server = inject('saraiServer')

async function withEmptyDatabase(work: (admin: Connection, name: string) => Promise<void>): Promise<void> {
  const name = `sarai_test_${randomBytes(5).toString('hex')}`
  await withAdmin(server, async (admin) => {
    await createDatabase(admin, name)
    try {
      await admin.query(`USE ${quoteName(name)}`)
      await work(admin, name)
    } finally {
      await dropDatabase(admin, name)
    }
  })
}

describe('the migrations of tenants', () => {
  test('only add to what the running code uses, unless they say which code they need', async () => {
    await withEmptyDatabase(async (admin, name) => {
      const entries = Object.entries(TENANT_MIGRATIONS)
      for (let upTo = 1; upTo <= entries.length; upTo++) {
        const before = await readSchema(admin, name)
        await migrate(admin, name, { migrations: Object.fromEntries(entries.slice(0, upTo)) })
        const [title, { needsCodeOf } = {}] = entries[upTo - 1] ?? []
        const found = findBreakingChanges(before, await readSchema(admin, name))
        expect(needsCodeOf === undefined ? found : [], title).toEqual([])
      }
    })
  })
})

describe.each([
  {
    of: 'tenants',
    migrations: TENANT_MIGRATIONS,
    folder: '.',
    mapName: 'TenantTables',
  },
  {
    of: 'the control plane',
    migrations: MASTER_MIGRATIONS,
    folder: '../master',
    mapName: 'MasterTables',
  },
])('the tables of $of', ({ migrations, folder, mapName }) => {
  test('are in the schema as the code declares them, and the code knows all that it must write', async () => {
    const declared = readDeclaredTables(await readTables(folder), mapName)
    expect(declared.size).toBeGreaterThan(5)
    await withEmptyDatabase(async (admin, name) => {
      await migrate(admin, name, { migrations })
      const schema = await readSchema(admin, name)
      const missing = [...declared].flatMap(([table, columns]) =>
        [...columns]
          .filter((column) => !schema.get(table)?.columns.has(column))
          .map((column) => `${table}.${column}`),
      )
      expect(missing).toEqual([])
      const unknown = [...schema].flatMap(([table, { columns }]) =>
        [...columns]
          .filter(([column, { isOptional }]) => !isOptional && declared.get(table)?.has(column) !== true)
          .map(([column]) => `${table}.${column}`),
      )
      expect(unknown.filter((column) => !column.startsWith('kysely_migration.'))).toEqual([])
    })
  })
})

describe('a migration that would break the running code is refused', () => {
  const START = `CREATE TABLE people (
    id INT NOT NULL PRIMARY KEY, name VARCHAR(60) NOT NULL, city VARCHAR(60) NULL,
    kind ENUM('a', 'b') NOT NULL DEFAULT 'a', boss INT NULL)`

  test.each([
    ['DROP TABLE people', 'people is dropped or renamed'],
    ['RENAME TABLE people TO persons', 'people is dropped or renamed'],
    ['ALTER TABLE people DROP COLUMN city', 'people.city is dropped or renamed'],
    ['ALTER TABLE people CHANGE city town VARCHAR(60) NULL', 'people.city is dropped or renamed'],
    ['ALTER TABLE people ADD COLUMN age INT NOT NULL', 'people.age is new, NOT NULL, and has no default'],
    ['ALTER TABLE people MODIFY city VARCHAR(60) NOT NULL', 'people.city becomes NOT NULL'],
    [
      'ALTER TABLE people MODIFY name VARCHAR(30) NOT NULL',
      'people.name changes from varchar(60) to varchar(30)',
    ],
    [
      "ALTER TABLE people MODIFY kind ENUM('a') NOT NULL DEFAULT 'a'",
      "people.kind changes from enum('a','b') to enum('a')",
    ],
    ["ALTER TABLE people MODIFY kind ENUM('a', 'b') NOT NULL", 'people.kind loses its default'],
    [
      'ALTER TABLE people ADD UNIQUE KEY people_name (name)',
      'people has a new constraint, people_name, on what is written already',
    ],
    [
      'ALTER TABLE people ADD CONSTRAINT people_boss FOREIGN KEY (boss) REFERENCES people (id)',
      'people has a new constraint, people_boss, on what is written already',
    ],
  ])('%s', async (statement, finding) => {
    await withEmptyDatabase(async (admin, name) => {
      await admin.query(START)
      const before = await readSchema(admin, name)
      await admin.query(statement)
      expect(findBreakingChanges(before, await readSchema(admin, name))).toEqual([finding])
    })
  })

  test.each([
    'CREATE TABLE others (id INT NOT NULL PRIMARY KEY, name VARCHAR(9) NOT NULL)',
    'ALTER TABLE people ADD COLUMN age INT NULL, ADD COLUMN size INT NOT NULL DEFAULT 0',
    'ALTER TABLE people ADD COLUMN upper_name VARCHAR(60) AS (UPPER(name)) VIRTUAL',
    'ALTER TABLE people ADD COLUMN code INT NULL, ADD UNIQUE KEY people_code (code)',
    'ALTER TABLE people ADD KEY people_city (city)',
    'ALTER TABLE people MODIFY name VARCHAR(90) NOT NULL',
    "ALTER TABLE people MODIFY kind ENUM('a', 'b', 'c') NOT NULL DEFAULT 'a'",
  ])('but not %s', async (statement) => {
    await withEmptyDatabase(async (admin, name) => {
      await admin.query(START)
      const before = await readSchema(admin, name)
      await admin.query(statement)
      expect(findBreakingChanges(before, await readSchema(admin, name))).toEqual([])
    })
  })
})

/** Everything in a folder that declares tables, and the audit log, which both kinds of database have. */
async function readTables(folder: string): Promise<string> {
  const place = fileURLToPath(new URL(folder, import.meta.url))
  const names = (await readdir(place)).filter((name) => /^(?!declared).*tables?\.ts$/.test(name))
  const files = [...names, '../audit-tables.ts'].map((name) => join(place, name))
  return (await Promise.all(files.map((file) => readFile(file, 'utf8')))).join('\n')
}
