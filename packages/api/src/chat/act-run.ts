import { type ActRunRow, newId, type TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import type { Act } from '../act/schema.ts'
import type { DomainErrorCode } from '../errors.ts'
import type { ActsDone } from './run-acts.ts'

export interface NewRun {
  source: 'macro' | 'rule'
  sourceId: string
  sourceName: string
  conversationId: string
  actorId: string | null
  triggerKey: string
  acts: readonly Act[]
}

/** What made something run, and where. */
export type RunKey = Pick<NewRun, 'sourceId' | 'conversationId' | 'triggerKey'>

/** Under the lock of the conversation: whoever runs the same there waits, and then finds it. */
export async function hasRun(trx: Transaction<TenantTables>, run: RunKey): Promise<boolean> {
  const row = await trx
    .selectFrom('act_runs')
    .select('id')
    .where('conversation_id', '=', run.conversationId)
    .where('source_id', '=', run.sourceId)
    .where('trigger_key', '=', run.triggerKey)
    .executeTakeFirst()
  return row !== undefined
}

/** Writes down what was done, so that it is done once and can be taken back. */
export async function insertRun(
  trx: Transaction<TenantTables>,
  run: NewRun,
  { was, became }: Pick<ActsDone, 'was' | 'became'>,
): Promise<void> {
  await trx
    .insertInto('act_runs')
    .values({ ...toRow(run), was: JSON.stringify(was), became: JSON.stringify(became) })
    .execute()
}

function toRow(run: NewRun) {
  return {
    id: newId(),
    source: run.source,
    source_id: run.sourceId,
    source_name: run.sourceName,
    conversation_id: run.conversationId,
    actor_id: run.actorId,
    trigger_key: run.triggerKey,
    acts: JSON.stringify(run.acts),
    created_at: new Date(),
  }
}

/** What was not done, and why: the code of the error, or STOPPED. */
export async function insertRefusal(
  trx: Transaction<TenantTables>,
  run: NewRun,
  refusal: DomainErrorCode | 'STOPPED',
): Promise<void> {
  await trx
    .insertInto('act_runs')
    .values({ ...toRow(run), refusal })
    .execute()
}

/** How often a source did something in a conversation. */
export async function countRunsSince(
  trx: Transaction<TenantTables>,
  { sourceId, conversationId, since }: Omit<RunKey, 'triggerKey'> & { since: Date },
): Promise<number> {
  const { count } = await trx
    .selectFrom('act_runs')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('conversation_id', '=', conversationId)
    .where('source_id', '=', sourceId)
    .where('refusal', 'is', null)
    .where('created_at', '>=', since)
    .executeTakeFirstOrThrow()
  return Number(count)
}

/** The macro that somebody ran there with this clientId; nobody else takes it back meanwhile. */
export function findOwnRun(
  trx: Transaction<TenantTables>,
  { conversationId, clientId, userId }: { conversationId: string; clientId: string; userId: string },
): Promise<ActRunRow | undefined> {
  return trx
    .selectFrom('act_runs')
    .selectAll()
    .where('conversation_id', '=', conversationId)
    .where('trigger_key', '=', clientId)
    .where('source', '=', 'macro')
    .where('actor_id', '=', userId)
    .forUpdate()
    .executeTakeFirst()
}
