import { newId, type TenantTables } from '@sarai/db'
import type { Kysely, Transaction } from 'kysely'
import { describeActs } from '../act/describe-acts.ts'
import { requireNamed } from '../act/require-named.ts'
import { changedFields, writeAudit } from '../audit/write-audit.ts'
import { transact } from '../change/transact.ts'
import { countAlone } from '../count-alone.ts'
import { DomainError } from '../errors.ts'
import { refuseTaken } from '../refuse-taken.ts'
import type { ScopedContext } from '../trpc.ts'
import { type Macro, toMacro } from './model.ts'
import { type CreateMacroInput, type MacroIdInput, MACROS_MAX, type UpdateMacroInput } from './schema.ts'

const TAKEN = { key: 'macros_name', userMessage: 'There is a macro with this name already.' }

/** All macros by name; MACROS_MAX at most. */
export async function listMacros(db: Kysely<TenantTables>): Promise<{ items: Macro[] }> {
  const rows = await db.selectFrom('macros').select(['id', 'name', 'acts']).orderBy('name').execute()
  return { items: rows.map(toMacro) }
}

/** CONFLICT for a name that is taken, whatever its capitals, and at MACROS_MAX; NOT_FOUND if its acts name what is gone. */
export function createMacro(ctx: ScopedContext, { name, acts }: CreateMacroInput): Promise<Macro> {
  const macro = { id: newId(), name, acts }
  return refuseTaken(
    transact(ctx, async (trx, record) => {
      if ((await countAlone(trx, 'macros')) >= MACROS_MAX) {
        throw new DomainError('CONFLICT', `A workspace has at most ${MACROS_MAX} macros. Delete some first.`)
      }
      await requireNamed(trx, acts)
      await trx
        .insertInto('macros')
        .values({ ...macro, acts: JSON.stringify(acts), created_at: new Date() })
        .execute()
      const after = await describe(trx, macro)
      await writeAudit(trx, ctx, { action: 'macro.created', entity: macro, after })
      record({ kind: 'chat.configured', entityId: macro.id })
      return macro
    }),
    TAKEN,
  )
}

/** Whoever runs it from now on does what it says now; what was done with it before stays. */
export function updateMacro(ctx: ScopedContext, { id, name, acts }: UpdateMacroInput): Promise<Macro> {
  return refuseTaken(
    transact(ctx, async (trx, record) => {
      const before = await getMacro(trx, id)
      const after = { id, name, acts }
      await requireNamed(trx, acts)
      const changed = changedFields(await describe(trx, before), await describe(trx, after))
      if (Object.keys(changed.after).length === 0) return before
      await trx
        .updateTable('macros')
        .set({ name, acts: JSON.stringify(acts) })
        .where('id', '=', id)
        .execute()
      await writeAudit(trx, ctx, { action: 'macro.updated', entity: after, ...changed })
      record({ kind: 'chat.configured', entityId: id })
      return after
    }),
    TAKEN,
  )
}

/** Gone for good; what was done with it stays. */
export function deleteMacro(ctx: ScopedContext, { id }: MacroIdInput): Promise<Macro> {
  return transact(ctx, async (trx, record) => {
    const macro = await getMacro(trx, id)
    await trx.deleteFrom('macros').where('id', '=', id).execute()
    const before = await describe(trx, macro)
    await writeAudit(trx, ctx, { action: 'macro.deleted', entity: macro, before })
    record({ kind: 'chat.configured', entityId: id })
    return macro
  })
}

async function describe(trx: Transaction<TenantTables>, { name, acts }: Macro) {
  return { name, acts: await describeActs(trx, acts) }
}

async function getMacro(trx: Transaction<TenantTables>, id: string): Promise<Macro> {
  const row = await trx
    .selectFrom('macros')
    .select(['id', 'name', 'acts'])
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new DomainError('NOT_FOUND', 'This macro does not exist any more.')
  return toMacro(row)
}
