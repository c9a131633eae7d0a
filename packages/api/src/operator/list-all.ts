import type { Database, MasterTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { listTenants, type TenantWithMembers } from './queries.ts'
import { ListTenantsInput, ListUsersInput, TENANT_LIST_LIMIT_MAX, USER_LIST_LIMIT_MAX } from './schema.ts'
import { type ListedUser, listUsers } from './users.ts'

type Master = Kysely<MasterTables>

/** Page after page, for whoever prints them all. @throws ZodError for a filter that is none */
export function listAllTenants(
  database: Pick<Database, 'master' | 'schemaVersion'>,
  filter: { search?: string; status?: string; isBehind?: boolean | undefined },
): Promise<TenantWithMembers[]> {
  return collect((cursor) =>
    listTenants(database, ListTenantsInput.parse({ ...filter, cursor, limit: TENANT_LIST_LIMIT_MAX })),
  )
}

/** @throws ZodError for a filter that is none */
export function listAllUsers(master: Master, filter: { search?: string }): Promise<ListedUser[]> {
  return collect((cursor) =>
    listUsers(master, ListUsersInput.parse({ ...filter, cursor, limit: USER_LIST_LIMIT_MAX })),
  )
}

/** More than a person scrolls through. */
const KEYS_COMPLETED_MAX = 200

/** For the completion of a command line. */
export async function listTenantKeys(master: Master, { prefix }: { prefix: string }): Promise<string[]> {
  const rows = await master
    .selectFrom('tenants')
    .select('tenant_key')
    .where('tenant_key', '>=', prefix)
    .orderBy('tenant_key')
    .limit(KEYS_COMPLETED_MAX)
    .execute()
  return rows.map((row) => row.tenant_key).filter((key) => key.startsWith(prefix))
}

async function collect<Item>(
  read: (cursor: string | null) => Promise<{ items: Item[]; nextCursor: string | null }>,
): Promise<Item[]> {
  const all: Item[] = []
  let cursor: string | null = null
  do {
    const page = await read(cursor)
    all.push(...page.items)
    cursor = page.nextCursor
  } while (cursor !== null)
  return all
}
