import { type CustomerRow, indexCustomers, newId } from '@sarai/db'
import { writeAudit } from '../audit/write-audit.ts'
import { type RecordChange, transact } from '../change/transact.ts'
import { DomainError } from '../errors.ts'
import type { ScopedContext } from '../trpc.ts'
import { explainDuplicate } from './duplicate.ts'
import { saveFieldValues } from './field-values.ts'
import type { Customer, FieldChange } from './model.ts'
import { listOwnerChange, requireOwner } from './owner.ts'
import { normalizePhone } from './phone.ts'
import { type Db, getCountry, getCustomer, getCustomerForUpdate } from './queries.ts'
import { recordCustomerEvent } from './record-customer-event.ts'
import type { CreateCustomerInput, UpdateCustomerInput } from './schema.ts'

/**
 * A new customer. CONFLICT with `details: { id, field }` if a living one has the e-mail or the phone.
 * INSERT INTO customers, under the unique indexes customers_live_email and customers_live_phone.
 */
export async function createCustomer(ctx: ScopedContext, input: CreateCustomerInput): Promise<Customer> {
  const fields = await cleanFields(ctx.db, input)
  const id = newId()
  const now = new Date()
  const { ownerId = null } = input
  const owned = { ...fields, name: input.name, owner_id: ownerId }
  const row = { ...owned, id, created_by: ctx.user.id, created_at: now, updated_at: now }
  try {
    return await transact(ctx, async (trx, record) => {
      if (ownerId !== null) await requireOwner(trx, ownerId)
      await trx.insertInto('customers').values(row).execute()
      await indexCustomers(trx, [id])
      await saveFieldValues(trx, { customerId: id, given: input.fields ?? {}, isNew: true })
      await recordCustomerEvent(trx, { customerId: id, actorId: ctx.user.id, event: { kind: 'created' } })
      await writeAudit(trx, ctx, { action: 'customer.created', entity: { id } })
      return announceCustomer(trx, { id, kind: 'customer.created', record })
    })
  } catch (error) {
    throw await explainDuplicate(ctx.db, fields, error)
  }
}

/**
 * Changes the fields that are given; a field left out stays. With `version`: CONFLICT, with the customer as
 * it is now in `details.current`, if somebody has changed it since that version was read.
 */
export async function updateCustomer(ctx: ScopedContext, input: UpdateCustomerInput): Promise<Customer> {
  const { id, version } = input
  const fields = await cleanFields(ctx.db, input)
  try {
    return await transact(ctx, async (trx, record) => {
      const row = await getCustomerForUpdate(trx, { id })
      if (version !== undefined && version !== row.version) throw changedSince(await getCustomer(trx, { id }))
      const given = input.fields ?? {}
      const { ownerId } = input
      const owner = ownerId === undefined ? {} : { owner_id: ownerId }
      if (Object.keys({ ...fields, ...given, ...owner }).length === 0) return getCustomer(trx, { id })
      if (ownerId && ownerId !== row.owner_id) await requireOwner(trx, ownerId)
      const changes = [
        ...listChanges(row, fields),
        ...(await listOwnerChange(trx, { from: row.owner_id, to: ownerId })),
        ...(await saveFieldValues(trx, { customerId: id, given, isNew: false })),
      ]
      await trx
        .updateTable('customers')
        .set({ ...fields, ...owner, version: row.version + 1, updated_at: new Date() })
        .where('id', '=', id)
        .execute()
      if (isFoundBy(fields)) await indexCustomers(trx, [id])
      if (changes.length > 0) {
        const event = { kind: 'edited', changes } as const
        await recordCustomerEvent(trx, { customerId: id, actorId: ctx.user.id, event })
        await writeAudit(trx, ctx, {
          action: 'customer.updated',
          entity: { id },
          after: { fields: changes.map(({ field }) => field) },
        })
      }
      return announceCustomer(trx, { id, kind: 'customer.updated', record })
    })
  } catch (error) {
    throw await explainDuplicate(ctx.db, fields, error)
  }
}

type Details = 'name' | 'email' | 'phone' | 'company' | 'city' | 'about'

/** What the timeline will say, with the value before and after. */
export function listChanges(
  row: CustomerRow,
  fields: Partial<Record<Details, string | null | undefined>>,
): FieldChange[] {
  const changes = []
  for (const field of ['name', 'email', 'phone', 'company', 'city', 'about'] as const) {
    const to = fields[field]
    if (to !== undefined && to !== row[field]) changes.push({ field, from: row[field], to })
  }
  return changes
}

/** Whether the words change by which the customer is found. */
export function isFoundBy(fields: object): boolean {
  return ['name', 'company', 'email', 'phone'].some((field) => field in fields)
}

function changedSince(current: Customer): DomainError {
  return new DomainError(
    'CONFLICT',
    'Somebody has changed this customer since you opened it. Look at their changes first.',
    {
      details: { current },
    },
  )
}

/** The fields that are given, as they are stored. */
async function cleanFields(db: Db, input: Omit<CreateCustomerInput, 'name'> & { name?: string | undefined }) {
  const { name, email, company, city, about } = input
  const phone = input.phone ? normalizePhone(input.phone, await getCountry(db)) : input.phone
  return withoutUndefined({ name, email, phone, company, city, about })
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

function withoutUndefined<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>
}

/** Reads the customer back as the transaction leaves it and records that it was created or updated. */
export async function announceCustomer(
  trx: Db,
  { id, kind, record }: { id: string; kind: 'customer.created' | 'customer.updated'; record: RecordChange },
): Promise<Customer> {
  const customer = await getCustomer(trx, { id })
  record({ kind, entityId: id, customer })
  return customer
}
