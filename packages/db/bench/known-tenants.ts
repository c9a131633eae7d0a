import { randomUUID } from 'node:crypto'
import { makeKeyring } from '../src/master/secret.ts'
import { openDatabase } from '../src/open-database.ts'
import type { Database } from '../src/database.ts'
import { TENANT_SCHEMA_VERSION } from '../src/tenant/migrations.ts'
import { TEST_SECRET } from '../src/testing.ts'
import type { BenchServer, BenchTenant } from './bench-server.ts'

const ROWS_PER_INSERT = 500

/** The product as it is delivered, on the benchmark's server: control plane, directory, pool. */
export async function openBenchDatabase({ test }: BenchServer, name: string): Promise<Database> {
  return openDatabase({ server: { ...test.admin, socketPath: undefined }, secret: TEST_SECRET, name })
}

/** Makes tenants known to the control plane that are on the server already. Their key is their user with a dash. */
export async function registerTenants(
  database: Database,
  tenants: readonly BenchTenant[],
): Promise<string[]> {
  const keyring = makeKeyring(TEST_SECRET)
  const server = await database.master.selectFrom('servers').select('id').executeTakeFirstOrThrow()
  const at = new Date()
  const rows = tenants.map((tenant) => {
    const id = randomUUID()
    return {
      id,
      tenant_key: keyOf(tenant),
      name: tenant.user,
      status: 'active' as const,
      server_id: server.id,
      database_name: tenant.database,
      account_name: tenant.user,
      account_secret: keyring.seal(tenant.password, id),
      schema_version: TENANT_SCHEMA_VERSION,
      created_at: at,
      updated_at: at,
    }
  })
  for (let from = 0; from < rows.length; from += ROWS_PER_INSERT) {
    await database.master
      .insertInto('tenants')
      .values(rows.slice(from, from + ROWS_PER_INSERT))
      .execute()
  }
  return tenants.map(keyOf)
}

function keyOf({ user }: BenchTenant): string {
  return user.replaceAll('_', '-')
}
