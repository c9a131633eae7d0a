import { type Database, DatabaseError, type TenantRecord, type TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { DomainError } from '../errors.ts'
import { type Access, loadAccesses } from '../permission/access.ts'
import type { Permission } from '../permission/schema.ts'

/** Somebody who reads a tenant's changes over minutes and hours, in which what they may do can change. */
export interface Reader {
  readonly userId: string
  readonly permission: Permission
  access: Access
  end(error: Error): void
}

interface CheckReaders {
  database: Pick<Database, 'master'>
  tenant: Pick<TenantRecord, 'id' | 'tenantKey'>
  readers: Iterable<Reader>
}

/** Reads everybody's access again, two statements for all of them; ends whoever has lost it. */
export async function checkReaders(db: Kysely<TenantTables>, check: CheckReaders): Promise<void> {
  const readers = [...check.readers]
  if (readers.length === 0) return
  const userIds = [...new Set(readers.map((reader) => reader.userId))]
  const memberIds = await findMemberIds(check, userIds)
  const accesses = await loadAccesses(db, userIds)
  for (const reader of readers) {
    const access = accesses.get(reader.userId)
    const error = refusal(reader, { access, isMember: memberIds.has(reader.userId), tenant: check.tenant })
    if (error) reader.end(error)
    else if (access) reader.access = access
  }
}

/** In the control plane: who may enter the tenant. */
async function findMemberIds({ database, tenant }: CheckReaders, userIds: string[]): Promise<Set<string>> {
  const rows = await database.master
    .selectFrom('memberships')
    .select('user_id')
    .where('tenant_id', '=', tenant.id)
    .where('user_id', 'in', userIds)
    .execute()
  return new Set(rows.map((row) => row.user_id))
}

function refusal(
  { permission }: Reader,
  found: { access: Access | undefined; isMember: boolean; tenant: CheckReaders['tenant'] },
): Error | undefined {
  if (!found.isMember) {
    return new DatabaseError('TENANT_UNKNOWN', 'the reader is not a member any more', {
      tenant: found.tenant.tenantKey,
    })
  }
  if (!found.access) {
    return new DomainError('FORBIDDEN', 'You have no role in this workspace. Ask an owner for one.')
  }
  if (found.access.permissions.has(permission)) return undefined
  return new DomainError(
    'FORBIDDEN',
    'Your role does not allow this any more. Ask an owner of this workspace.',
    {
      details: { permission },
    },
  )
}
