import { newId } from '@sarai/db'
import type { Side } from './things.ts'

/** The owner's own, with two columns and a row: others' cannot be told from those that are not there. */
export async function makeImport(side: Side): Promise<string> {
  const { http, tenantKey, mark } = side
  const id = newId()
  const now = new Date()
  const file = { id, file_name: mark, bytes: 1, encoding: 'utf-8', delimiter: ',', header_hash: mark }
  const columns = JSON.stringify([mark, 'name'])
  const times = { created_by: await findOwner(side), created_at: now, received_at: now }
  const cells = JSON.stringify([mark, mark])
  await http.database.withTenant(tenantKey, async (db) => {
    await db
      .insertInto('imports')
      .values({ ...file, ...times, columns, rows_count: 1 })
      .execute()
    await db.insertInto('import_rows').values({ import_id: id, position: 2, cells }).execute()
  })
  return id
}

async function findOwner({ http: { database }, tenantKey }: Side): Promise<string> {
  const { user_id } = await database.withTenant(tenantKey, (db) =>
    db
      .selectFrom('members')
      .innerJoin('roles', 'roles.id', 'members.role_id')
      .where('roles.built_in', '=', 'owner')
      .select('user_id')
      .executeTakeFirstOrThrow(),
  )
  return user_id
}

/** The owner's own: others' cannot be told from those that are not there. */
export async function makeJob(side: Side): Promise<string> {
  const { http, tenantKey, mark } = side
  const id = newId()
  const requestedBy = await findOwner(side)
  await http.database.withTenant(tenantKey, async (db) => {
    await db
      .insertInto('jobs')
      .values({
        id,
        kind: 'nothing.done',
        state: 'done',
        input: '{}',
        requested_by: requestedBy,
        requester: JSON.stringify({ name: mark, client: { address: '', userAgent: null }, requestId: '' }),
        created_at: new Date(),
        finished_at: new Date(),
      })
      .execute()
  })
  return id
}
