import type { Database, ImportedTenant } from '@sarai/db'
import { addMember } from '../permission/add-member.ts'
import { DomainError } from '../errors.ts'

interface OwnedImport {
  ownerEmail: string | undefined
}

/**
 * A tenant out of an archive or out of another one, with somebody who can let others in. Without `ownerEmail` it has the
 * members that the archive has and this installation knows.
 *
 * @throws DomainError NOT_FOUND, before anything is made, for an owner whom nobody knows
 */
export async function importWithOwner(
  database: Database,
  { ownerEmail }: OwnedImport,
  importTenant: () => Promise<ImportedTenant>,
): Promise<ImportedTenant> {
  const ownerId = ownerEmail === undefined ? undefined : await getUserId(database, ownerEmail)
  const imported = await importTenant()
  if (ownerId !== undefined)
    await addMember(database, { tenant: imported.tenant, userId: ownerId, role: 'owner' })
  return imported
}

async function getUserId({ master }: Database, email: string): Promise<string> {
  const user = await master
    .selectFrom('users')
    .select('id')
    .where('email', '=', email.trim().toLowerCase())
    .executeTakeFirst()
  if (user) return user.id
  throw new DomainError('NOT_FOUND', 'Nobody signs in with the e-mail address of the owner. Make them first.')
}
