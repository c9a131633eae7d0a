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

/** Every statement of a search by name, and how the server carries it out. */
export function explainSearch(desk: BenchDesk, search: string): Promise<string> {
  return desk.withDb(async (db) => {
    const statements: CompiledQuery[] = []
    await listCustomers(watch(db, statements), { search, sort: 'name', userId: '' })
    const plans = []
    for (const statement of statements) plans.push(await explain(db, statement))
    return [`"${search}", by name`, ...plans].join('\n')
  })
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
  return [`  ${statement.sql.replaceAll(/\s+/g, ' ')}`, ...lines].join('\n')
}
