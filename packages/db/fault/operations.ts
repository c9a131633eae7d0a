import { sql } from 'kysely'
import type { Account } from '../src/pool/types.ts'
import type { FaultDb } from './fault-pool.ts'

/** What one operation is given. Every one of them looks first who and where it is. */
export interface Operation {
  db: FaultDb
  account: Account
  other: Account
  op: string
  look(db: FaultDb): Promise<void>
  /** Something that the server must deny was answered. */
  sawForeign(rows: unknown[]): void
}

type Work = (operation: Operation) => Promise<unknown>

/** What tenants do, and what they leave behind. The number is how often, of all. */
const OPERATIONS: readonly (readonly [number, Work])[] = [
  [50, ({ db, look }) => look(db)],
  [15, ({ db, op, look }) => db.connection().execute((one) => look(one).then(() => note(one, op)))],
  [
    8,
    (operation) =>
      operation.db.transaction().execute((trx) => operation.look(trx).then(() => note(trx, operation.op))),
  ],
  [3, rollBack],
  [4, leaveTransactionOpen],
  [4, leaveVariable],
  [3, leaveTemporaryTable],
  [2, ({ db }) => sql`select get_lock('everybody', 0)`.execute(db)],
  [
    4,
    ({ db, look }) =>
      db.connection().execute((one) => look(one).then(() => sql`do sleep(0.004)`.execute(one))),
  ],
  [2, readPartOfStream],
  [2, ({ db, look }) => Promise.all([look(db), look(db), look(db)])],
  [3, reachForForeignRows],
]
const TOTAL = OPERATIONS.reduce((sum, [weight]) => sum + weight, 0)

export function chooseOperation(random: () => number): Work {
  let left = random() * TOTAL
  for (const [weight, work] of OPERATIONS) {
    left -= weight
    if (left < 0) return work
  }
  throw new RangeError('random() must be below 1')
}

function note(db: FaultDb, op: string): Promise<unknown> {
  return sql`insert into notes (op, author) values (${op}, substring_index(current_user(), '@', 1))`.execute(
    db,
  )
}

function rollBack({ db, op, look }: Operation): Promise<unknown> {
  return db.connection().execute(async (one) => {
    await look(one)
    await sql`begin`.execute(one)
    await note(one, op)
    await sql`rollback`.execute(one)
  })
}

/** Whoever has this connection next must not be inside it. */
function leaveTransactionOpen({ db, op, look }: Operation): Promise<unknown> {
  return db.connection().execute(async (one) => {
    await look(one)
    await sql`begin`.execute(one)
    await note(one, op)
  })
}

function leaveVariable({ db, account, look }: Operation): Promise<unknown> {
  return db.connection().execute(async (one) => {
    await look(one)
    await sql`set @mark = ${account.user}`.execute(one)
  })
}

/** It hides the table of the same name: whoever meets it sees another tenant's canary. */
function leaveTemporaryTable({ db, account, look }: Operation): Promise<unknown> {
  return db.connection().execute(async (one) => {
    await look(one)
    await sql`create temporary table canary (token varchar(60))`.execute(one)
    await sql`insert into canary values (${`left behind by ${account.user}`})`.execute(one)
  })
}

async function readPartOfStream({ db }: Operation): Promise<void> {
  const rows = db
    .selectFrom('notes as a')
    .innerJoin('canary as b', (join) => join.onTrue())
    .select('a.op')
    .limit(50)
  for await (const row of rows.stream()) if (row) break
}

async function reachForForeignRows({ db, other, sawForeign }: Operation): Promise<void> {
  const { rows } = await sql`select token from ${sql.id(other.database, 'canary')}`.execute(db)
  sawForeign(rows)
}
