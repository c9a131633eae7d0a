import { newId } from '@sarai/db'
import { changedFields, writeAudit } from '../audit/write-audit.ts'
import { transact } from '../change/transact.ts'
import { DomainError } from '../errors.ts'
import type { ScopedContext } from '../trpc.ts'
import { type CustomerField, toField } from './model.ts'
import type { Db } from './queries.ts'
import {
  type CreateFieldInput,
  CUSTOMER_FIELDS_MAX,
  type OrderFieldsInput,
  type UpdateFieldInput,
} from './schema.ts'
import { refuseTaken } from '../refuse-taken.ts'

const TAKEN = {
  key: 'customer_fields_name',
  userMessage: 'There is a field with this name already. Choose another name.',
}

/** All fields of the tenant's own in their order, archived ones among them. */
export async function listFields(db: Db): Promise<{ items: CustomerField[] }> {
  const rows = await db.selectFrom('customer_fields').selectAll().orderBy('position').orderBy('id').execute()
  return { items: rows.map(toField) }
}

/** A new field behind the others. CONFLICT for a name that is taken, and at CUSTOMER_FIELDS_MAX. */
export function createField(ctx: ScopedContext, input: CreateFieldInput): Promise<CustomerField> {
  const id = newId()
  return refuseTaken(
    transact(ctx, async (trx, record) => {
      const fields = await trx.selectFrom('customer_fields').select('position').forUpdate().execute()
      if (fields.length >= CUSTOMER_FIELDS_MAX) {
        throw new DomainError('CONFLICT', `A workspace has at most ${CUSTOMER_FIELDS_MAX} fields of its own.`)
      }
      const row = {
        id,
        name: input.name,
        kind: input.kind,
        options: JSON.stringify(input.options ?? []),
        required: input.required ? 1 : 0,
        position: Math.max(-1, ...fields.map(({ position }) => position)) + 1,
        created_at: new Date(),
      }
      await trx.insertInto('customer_fields').values(row).execute()
      const after = summary(await getField(trx, id))
      await writeAudit(trx, ctx, { action: 'field.created', entity: { id, name: input.name }, after })
      record({ kind: 'customer.configured', entityId: id })
      return getField(trx, id)
    }),
    TAKEN,
  )
}

/**
 * Another name, other choices, required or not, archived or back. Values stay as they are: one that is not among the
 * choices any more is shown until somebody chooses anew.
 */
export function updateField(ctx: ScopedContext, input: UpdateFieldInput): Promise<CustomerField> {
  const { id, name, options, required, archived } = input
  return refuseTaken(
    transact(ctx, async (trx, record) => {
      const field = await getField(trx, id, 'locked')
      if (options && field.kind !== 'choice')
        throw new DomainError('INVALID', 'Only a choice has something to choose from.')
      const set = {
        ...(name !== undefined && { name }),
        ...(options && { options: JSON.stringify(options) }),
        ...(required !== undefined && { required: required ? 1 : 0 }),
        ...(archived !== undefined && { archived_at: archived ? new Date() : null }),
      }
      if (Object.keys(set).length > 0)
        await trx.updateTable('customer_fields').set(set).where('id', '=', id).execute()
      const saved = await getField(trx, id)
      const changed = changedFields(summary(field), summary(saved))
      await writeAudit(trx, ctx, { action: 'field.updated', entity: { id, name: field.name }, ...changed })
      record({ kind: 'customer.configured', entityId: id })
      return saved
    }),
    TAKEN,
  )
}

function summary({ name, options, required, archivedAt }: CustomerField) {
  return { name, options, required, archived: archivedAt !== null }
}

/** Puts the fields in the order of `ids`; those that are not named stay behind them. */
export function orderFields(
  ctx: ScopedContext,
  { ids }: OrderFieldsInput,
): Promise<{ items: CustomerField[] }> {
  return transact(ctx, async (trx, record) => {
    const rows = await trx
      .selectFrom('customer_fields')
      .select('id')
      .orderBy('position')
      .orderBy('id')
      .forUpdate()
      .execute()
    const known = rows.map(({ id }) => id)
    const first = ids.filter((id) => known.includes(id))
    for (const [position, id] of [...new Set([...first, ...known])].entries()) {
      await trx.updateTable('customer_fields').set({ position }).where('id', '=', id).execute()
    }
    await writeAudit(trx, ctx, { action: 'field.ordered' })
    const [entityId] = known
    if (entityId !== undefined) record({ kind: 'customer.configured', entityId })
    return listFields(trx)
  })
}

async function getField(trx: Db, id: string, lock?: 'locked'): Promise<CustomerField> {
  const query = trx.selectFrom('customer_fields').selectAll().where('id', '=', id)
  const row = await (lock ? query.forUpdate() : query).executeTakeFirst()
  if (!row) throw new DomainError('NOT_FOUND', 'This field cannot be found.')
  return toField(row)
}
