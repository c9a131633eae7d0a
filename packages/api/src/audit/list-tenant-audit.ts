import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import type { ScopedContext } from '../trpc.ts'
import type { AuditLine, AuditPage } from './model.ts'
import { listAudit } from './list-audit.ts'
import type { ListAuditInput } from './schema.ts'

/**
 * A page of the tenant's log. Customers are written down by id alone, so that nothing of them stays that cannot be
 * erased; who may see customers is told what they are called now.
 */
export async function listTenantAudit(
  { db, access }: ScopedContext,
  input: ListAuditInput,
): Promise<AuditPage> {
  const page = await listAudit(db.$pickTables<'audit_log'>(), input)
  return access.permissions.has('customer:read')
    ? { ...page, items: await nameCustomers(db, page.items) }
    : page
}

async function nameCustomers(db: Kysely<TenantTables>, lines: AuditLine[]): Promise<AuditLine[]> {
  const ids = lines.flatMap(({ action, entity }) =>
    action.startsWith('customer.') && entity ? [entity.id] : [],
  )
  if (ids.length === 0) return lines
  const rows = await db.selectFrom('customers').where('id', 'in', ids).select(['id', 'name']).execute()
  const names = new Map(rows.map(({ id, name }) => [id, name]))
  return lines.map((line) => {
    const name = line.entity && names.get(line.entity.id)
    return name && line.entity ? { ...line, entity: { ...line.entity, name } } : line
  })
}
