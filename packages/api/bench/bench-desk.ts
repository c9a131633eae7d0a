import { indexCustomers, startPrivateServer, type TenantTables } from '@sarai/db'
import { createTestDatabase, createTestTenant } from '@sarai/db/testing'
import type { Kysely } from 'kysely'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CITIES, COMPANIES, FIRST_NAMES, LAST_NAMES } from '../src/demo/content/people.ts'
import { Random } from '../src/demo/random.ts'

const ROWS_AT_ONCE = 1_000
const FIRST_DAY = Date.UTC(2022, 0, 1)
const BETWEEN_CUSTOMERS_MS = 20 * 60_000

export interface BenchDesk extends AsyncDisposable {
  withDb<T>(work: (db: Kysely<TenantTables>) => Promise<T>): Promise<T>
}

/** A private server as `npm start` has it, with one tenant whose customers are made up, the same each time. */
export async function openBenchDesk(customers: number): Promise<BenchDesk> {
  const dataDir = await mkdtemp(join(tmpdir(), 'sarai-bench-'))
  const server = await startPrivateServer({ dataDir })
  const database = await createTestDatabase({ server: server.admin })
  const tenant = await createTestTenant(database)
  const withDb: BenchDesk['withDb'] = (work) => database.withTenant(tenant.tenantKey, work)
  await addCustomers(withDb, customers)
  return {
    withDb,
    async [Symbol.asyncDispose]() {
      await database.close({ graceMs: 0 })
      await server.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}

/** Customers made up, the same each time. */
export async function addCustomers(withDb: BenchDesk['withDb'], customers: number): Promise<void> {
  const random = new Random(5)
  for (let from = 0; from < customers; from += ROWS_AT_ONCE) {
    const rows = Array.from({ length: ROWS_AT_ONCE }, (_, at) => makeRow(random, from + at))
    await withDb((db) => insert(db, rows))
  }
}

type Row = ReturnType<typeof makeRow>

async function insert(db: Kysely<TenantTables>, rows: readonly Row[]): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx.insertInto('customers').values(rows).execute()
    await indexCustomers(
      trx,
      rows.map(({ id }) => id),
    )
  })
}

function makeRow(random: Random, at: number) {
  const createdAt = new Date(FIRST_DAY + at * BETWEEN_CUSTOMERS_MS)
  const [first, firstInUrdu] = random.pick(FIRST_NAMES)
  const [last, lastInUrdu] = random.pick(LAST_NAMES)
  const local = `${first}.${last}`.toLowerCase().replaceAll(' ', '')
  return {
    id: random.id(createdAt),
    name: random.chance(0.42) ? `${firstInUrdu} ${lastInUrdu}` : `${first} ${last}`,
    email: random.chance(0.72) ? `${local}${at}@example.com` : null,
    phone: random.chance(0.8) ? `+92300${String(1_000_000 + at * 37)}` : null,
    company: random.chance(0.24) ? random.pick(COMPANIES) : null,
    city: random.pick(CITIES)[0],
    created_at: createdAt,
    updated_at: createdAt,
  }
}
