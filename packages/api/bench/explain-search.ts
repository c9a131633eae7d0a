import type { TenantTables } from '@sarai/db'
import type { CompiledQuery, Kysely } from 'kysely'
import { listCustomers } from '../src/customer/list-customers.ts'
import type { BenchDesk } from './bench-desk.ts'

interface PlanLine {
  table: string | null
  type: string | null
  key: string | null
  rows: string | number | null
  Extra: string | null
}

/** A long list of them says no more than how many there are. */
const NUMBERS = /\d+(?:, \d+){3,}/g

/** Every statement of a search by name, and how the server carries it out. */
export function explainSearch(desk: BenchDesk, search: string): Promise<string> {
  return desk.withDb((db) =>
    explainAll(db, `"${search}", by name`, (watched) =>
      listCustomers(watched, { search, sort: 'name', userId: '' }),
    ),
  )
}

/** The same of whatever is done with a tenant's database. */
export async function explainAll(
  db: Kysely<TenantTables>,
  title: string,
  work: (db: Kysely<TenantTables>) => Promise<unknown>,
): Promise<string> {
  const statements: CompiledQuery[] = []
  await work(watch(db, statements))
  const plans = []
  for (const statement of statements) plans.push(await explain(db, statement))
  return [title, ...plans].join('\n')
}

/** The same database, noting what it is asked. */
function watch(db: Kysely<TenantTables>, statements: CompiledQuery[]): Kysely<TenantTables> {
  return db.withPlugin({
    transformQuery({ node }) {
      statements.push(db.getExecutor().compileQuery(node, { queryId: 'bench' }))
      return node
    },
    transformResult: ({ result }) => Promise.resolve(result),
  })
}

async function explain(db: Kysely<TenantTables>, statement: CompiledQuery): Promise<string> {
  const { rows } = await db.executeQuery<PlanLine>({ ...statement, sql: `EXPLAIN ${statement.sql}` })
  const lines = rows.map(
    ({ table, type, key, rows: count, Extra }) =>
      `    ${table ?? '-'}: ${type ?? '-'}, key ${key ?? 'none'}, ${count ?? 0} rows. ${Extra ?? ''}`,
  )
  const text = statement.sql
    .replaceAll(/\s+/g, ' ')
    .replaceAll(NUMBERS, (list) => `… ${list.split(',').length} …`)
  return [`  ${text}`, ...lines].join('\n')
}
