import type { MasterTables } from '@sarai/db'
import { type Kysely, sql } from 'kysely'
import { createHash } from 'node:crypto'
import { DomainError } from '../errors.ts'

/** Failures are counted for so long from the first one. */
export const ATTEMPT_WINDOW_MS = 15 * 60_000

export interface AttemptRule {
  /** What is limited: `account amina@example.com`. Only a hash of it is stored. */
  key: string
  failuresMax: number
}

export interface Attempt {
  /** Takes the failure back that was counted when it began; of the first rule, all of them. */
  succeeded(): Promise<void>
}

export interface AttemptLimit {
  /**
   * Counts an attempt as failed until `succeeded` is called.
   *
   * @throws DomainError RATE_LIMITED with `details.retryAfterMs`, counting nothing
   */
  begin(rules: readonly AttemptRule[]): Promise<Attempt>
}

interface Counted {
  hash: string
  failuresMax: number
}

/**
 * Counts failed attempts in the control plane, so that they are the same ones for every process and after a restart.
 * It counts what was typed, never what exists, so that its answer is the same for an account that is not there. An
 * attempt is counted before the password is looked at: a hundred guesses at once are a hundred.
 */
export function createAttemptLimit(master: Kysely<MasterTables>, now: () => number = Date.now): AttemptLimit {
  return {
    async begin(rules) {
      const counted = rules.map(({ key, failuresMax }) => ({ hash: hashKey(key), failuresMax }))
      const at = new Date(now())
      // What is refused here counts nowhere: somebody else's flood must not use up the owner's account.
      await refuseFull(master, { counted, at, allows: (failures, max) => failures < max })
      for (const { hash } of counted) await count(master, hash, at)
      // Attempts at the same moment all passed the look above; no more than the limit pass this one.
      await refuseFull(master, { counted, at, allows: (failures, max) => failures <= max })
      return { succeeded: () => takeBack(master, counted) }
    },
  }
}

interface Check {
  counted: readonly Counted[]
  at: Date
  allows: (failures: number, failuresMax: number) => boolean
}

async function refuseFull(master: Kysely<MasterTables>, { counted, at, allows }: Check): Promise<void> {
  const rows = await master
    .selectFrom('attempt_counters')
    .selectAll()
    .where(
      'key_hash',
      'in',
      counted.map(({ hash }) => hash),
    )
    .where('ends_at', '>', at)
    .execute()
  const full = rows.filter(({ key_hash, failures }) => {
    const rule = counted.find(({ hash }) => hash === key_hash)
    return rule !== undefined && !allows(failures, rule.failuresMax)
  })
  if (full.length === 0) return
  const retryAfterMs = Math.max(...full.map(({ ends_at }) => ends_at.getTime())) - at.getTime()
  throw new DomainError('RATE_LIMITED', 'Too many failed tries. Wait a while, then try again.', {
    details: { retryAfterMs },
  })
}

/** One statement and one row, so that nobody waits for a second lock. A window that is over begins again. */
async function count(master: Kysely<MasterTables>, hash: string, at: Date): Promise<void> {
  await master
    .insertInto('attempt_counters')
    .values({ key_hash: hash, failures: 1, ends_at: new Date(at.getTime() + ATTEMPT_WINDOW_MS) })
    .onDuplicateKeyUpdate({
      failures: sql`IF(ends_at <= ${at}, 1, failures + 1)`,
      ends_at: sql`IF(ends_at <= ${at}, VALUES(ends_at), ends_at)`,
    })
    .execute()
}

async function takeBack(master: Kysely<MasterTables>, [first, ...others]: Counted[]): Promise<void> {
  if (first) await master.deleteFrom('attempt_counters').where('key_hash', '=', first.hash).execute()
  for (const { hash } of others) {
    await master
      .updateTable('attempt_counters')
      .set({ failures: sql`failures - 1` })
      .where('key_hash', '=', hash)
      .where('failures', '>', 0)
      .execute()
  }
}

function hashKey(key: string): string {
  return createHash('sha256').update(key).digest('hex')
}
