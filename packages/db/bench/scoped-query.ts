import { Kysely, MysqlDialect, sql } from 'kysely'
import { createPool } from 'mysql2'
import { loginOf, tenantAt, type BenchServer } from './bench-server.ts'
import { duel, type Duel, type DuelPlan } from './interleave.ts'
import { openBenchDatabase, registerTenants } from './known-tenants.ts'
import { POINT_READ } from './statements.ts'

/** `withTenant` with all that it does, against a Kysely that always has the same plain pool. */
export async function measureScopedQuery(server: BenchServer, plan: DuelPlan): Promise<Duel> {
  const tenant = tenantAt(server.tenants, 0)
  const database = await openBenchDatabase(server, 'bench_scoped')
  const pool = createPool({ ...loginOf(server, tenant), connectionLimit: 3, timezone: 'Z' })
  const plain = new Kysely<object>({ dialect: new MysqlDialect({ pool }) })
  const statement = sql.raw(POINT_READ)
  try {
    const [key = ''] = await registerTenants(database, [tenant])
    const ours = () => database.withTenant(key, (db) => statement.execute(db), { label: 'bench' })
    return await duel(
      repeat(ours),
      repeat(() => statement.execute(plain)),
      plan,
    )
  } finally {
    await plain.destroy()
    await database.close({ graceMs: 0 })
  }
}

function repeat(once: () => Promise<unknown>) {
  return async (times: number) => {
    for (let time = 0; time < times; time++) await once()
  }
}
