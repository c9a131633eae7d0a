import type { TenantTables } from '@sarai/db'
import type { Kysely } from 'kysely'
import { requireNamed } from '../act/require-named.ts'
import { isText, permissionOf } from '../act/schema.ts'
import { transact } from '../change/transact.ts'
import { DomainError } from '../errors.ts'
import { type Macro, toMacro } from '../macro/model.ts'
import type { RunMacroInput } from '../macro/schema.ts'
import type { ScopedContext } from '../trpc.ts'
import { hasRun, insertRun } from './act-run.ts'
import type { Acting } from './acting.ts'
import { changeMany, type ManyChanged } from './change-many.ts'
import type { Conversation } from './model.ts'
import { getConversation, lockConversation } from './queries.ts'
import { runActs } from './run-acts.ts'

/**
 * Does what a macro says to each of some conversations, one transaction for each, once for each `clientId`. One that
 * writes something is not run but sent: chat.message.send with `macroId`.
 *
 * @throws DomainError NOT_FOUND if the macro is gone, or something it names; FORBIDDEN if one of its acts is not the
 * caller's to do; CONFLICT if it writes a message. Then nothing is done anywhere.
 */
export async function runMacro(ctx: ScopedContext, { macroId, items }: RunMacroInput): Promise<ManyChanged> {
  const macro = await getMacroFor(ctx.db, ctx, macroId)
  if (macro.acts.some(isText)) {
    throw new DomainError('CONFLICT', 'This macro writes a message. Choose it where you write.')
  }
  return changeMany(items, ({ id, clientId }) =>
    transact(ctx, (trx, record) => runOnce({ trx, record, actorId: ctx.user.id }, { macro, id, clientId })),
  )
}

interface Run {
  macro: Macro
  /** Of the conversation. */
  id: string
  clientId: string
}

async function runOnce(acting: Acting, run: Run): Promise<Conversation> {
  const { macro, id, clientId } = run
  await lockConversation(acting.trx, { id })
  const hasBeen = await hasRun(acting.trx, { sourceId: macro.id, conversationId: id, triggerKey: clientId })
  return hasBeen ? getConversation(acting.trx, { id }) : doMacro(acting, run)
}

/** In a transaction that holds the lock on the conversation and knows that it was not run yet. */
export async function doMacro(acting: Acting, { macro, id, clientId }: Run): Promise<Conversation> {
  const done = await runActs(acting, { id, acts: macro.acts })
  const run = {
    source: 'macro' as const,
    sourceId: macro.id,
    sourceName: macro.name,
    conversationId: id,
    actorId: acting.actorId,
    triggerKey: clientId,
    acts: macro.acts,
  }
  await insertRun(acting.trx, run, done)
  return done.conversation
}

/** A macro that the caller may run as a whole: what they may not do by hand, they may not do with it. */
export async function getMacroFor(
  db: Kysely<TenantTables>,
  { access }: Pick<ScopedContext, 'access'>,
  id: string,
): Promise<Macro> {
  const row = await db.selectFrom('macros').selectAll().where('id', '=', id).executeTakeFirst()
  const details = { macroId: id }
  if (!row) throw new DomainError('NOT_FOUND', 'This macro does not exist any more.', { details })
  const macro = toMacro(row)
  const permission = macro.acts.map(permissionOf).find((each) => !access.permissions.has(each))
  if (permission) {
    const userMessage = `The macro “${macro.name}” does what your role does not allow. Ask an owner of this workspace.`
    throw new DomainError('FORBIDDEN', userMessage, { details: { ...details, permission } })
  }
  await requireNamed(db, macro.acts, details)
  return macro
}
