import { sql } from 'kysely'
import { newId } from '../id.ts'
import type { Installation } from '../installation.ts'
import {
  type NewTransfer,
  TRANSFER_UNHEARD_SECONDS,
  type TransferFailure,
  type TransferProgress,
  TransferRefused,
  TRANSFERS_RUNNING_MAX,
} from './transfers.ts'

type Master = Pick<Installation, 'master'>
const FAILURE_LENGTH_MAX = 2_000

/** By the clock of the server, which is the same for all processes. */
export function unheardSince() {
  return sql<Date>`UTC_TIMESTAMP(3) - INTERVAL ${TRANSFER_UNHEARD_SECONDS} SECOND`
}

/**
 * Two at the very same moment can both begin: the bound is for the machine's sake, and only one of them makes a tenant of
 * the same key.
 *
 * @throws TransferRefused
 */
export async function recordBegin({ master }: Master, input: NewTransfer): Promise<string> {
  const { kind, fromKey = null, intoKey = null, requester } = input
  const running = await master
    .selectFrom('tenant_transfers')
    .where('state', '=', 'running')
    .where('heard_at', '>=', unheardSince())
    .select('into_key')
    .execute()
  if (intoKey !== null && running.some((row) => row.into_key === intoKey))
    throw new TransferRefused('same-key')
  if (running.length >= TRANSFERS_RUNNING_MAX) throw new TransferRefused('too-many')
  const id = newId()
  await master
    .insertInto('tenant_transfers')
    .values({
      id,
      kind,
      state: 'running',
      from_key: fromKey,
      into_key: intoKey,
      requested_by: requester.id,
      requester: requester.name,
      started_at: sql<Date>`UTC_TIMESTAMP(3)`,
      heard_at: sql<Date>`UTC_TIMESTAMP(3)`,
    })
    .execute()
  return id
}

/** @returns whether it may go on: nobody has cancelled it, and nobody has taken it for gone */
export async function recordBeat(
  { master }: Master,
  id: string,
  progress: TransferProgress | undefined,
): Promise<boolean> {
  await master
    .updateTable('tenant_transfers')
    .set({
      heard_at: sql<Date>`UTC_TIMESTAMP(3)`,
      ...(progress && {
        step: progress.step,
        step_table: progress.table,
        done: progress.done,
        total: progress.total,
      }),
    })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute()
  const row = await master
    .selectFrom('tenant_transfers')
    .where('id', '=', id)
    .select(['state', 'cancel_asked_at'])
    .executeTakeFirst()
  return row !== undefined && row.state === 'running' && row.cancel_asked_at === null
}

export type TransferEnd =
  | { state: 'done'; result: object }
  | { state: 'failed'; failure: TransferFailure }
  | { state: 'cancelled' }

/** The first end counts. */
export async function recordEnd({ master }: Master, id: string, end: TransferEnd): Promise<void> {
  await master
    .updateTable('tenant_transfers')
    .set({
      state: end.state,
      step: null,
      step_table: null,
      result: end.state === 'done' ? JSON.stringify(end.result) : null,
      failure: end.state === 'failed' ? JSON.stringify(cut(end.failure)) : null,
      ended_at: sql<Date>`UTC_TIMESTAMP(3)`,
    })
    .where('id', '=', id)
    .where('state', '=', 'running')
    .execute()
}

function cut({ code, message }: TransferFailure): TransferFailure {
  return { code, message: message.slice(0, FAILURE_LENGTH_MAX) }
}
