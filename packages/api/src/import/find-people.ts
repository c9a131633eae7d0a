import { createHash } from 'node:crypto'
import type { TenantTables } from '@sarai/db'
import { type Kysely, type RawBuilder, sql, type Transaction } from 'kysely'
import { keysOf, KnownPeople, type Person } from './known-people.ts'
import type { Candidate } from './read-row.ts'

interface Wanted {
  candidates: readonly Candidate[]
  /** The dry run whose earlier rows count as well. */
  checkJobId?: string
  /** Whoever was committed a moment ago as well, and nobody else comes before the transaction ends. */
  lock?: 'locked'
}

type Row = Pick<Person, 'id' | 'name' | 'email' | 'phone'>

/**
 * The people whom rows may be: living customers with the same phone, folded e-mail or folded name, each by an index, and
 * in a dry run those of earlier rows.
 */
export async function findPeople(db: Kysely<TenantTables>, wanted: Wanted): Promise<KnownPeople> {
  const keys = wanted.candidates.map(({ values }) => keysOf(values))
  const emails = keys.flatMap(({ email }) => email ?? [])
  const phones = keys.flatMap(({ phone }) => phone ?? [])
  const rows = [
    ...(await findCustomers(db, { column: 'phone', values: phones, lock: wanted.lock })),
    ...(await findCustomers(db, { column: 'folded_email', values: emails, lock: wanted.lock })),
    ...(await findNamesakes(db, wanted.candidates)),
  ]
  const customers = rows.map((row) => ({ ...row, isCustomer: true }))
  const earlier =
    wanted.checkJobId === undefined ? [] : await findEarlier(db, { jobId: wanted.checkJobId, keys })
  // Who is changed by an earlier row counts as that row leaves them.
  return new KnownPeople([...customers, ...earlier])
}

async function findCustomers(
  db: Kysely<TenantTables>,
  {
    column,
    values,
    lock,
  }: { column: 'phone' | 'folded_email'; values: readonly string[]; lock: Wanted['lock'] },
): Promise<Row[]> {
  if (values.length === 0) return []
  const query = db
    .selectFrom('customers')
    .select(['id', 'name', 'email', 'phone'])
    .where(column, 'in', values)
    .where('merged_into', 'is', null)
    .where('archived_at', 'is', null)
  return (lock ? query.forUpdate() : query).execute()
}

/** Two of each are enough to know that there are several: those whose phone or e-mail is another one's are somebody else. */
async function findNamesakes(db: Kysely<TenantTables>, candidates: readonly Candidate[]): Promise<Row[]> {
  const lookUps = candidates.flatMap((candidate) => lookUpName(candidate))
  if (lookUps.length === 0) return []
  const { rows } = await sql<Row>`${sql.join(lookUps, sql` UNION ALL `)}`.execute(db)
  return rows
}

function lookUpName({ values }: Candidate): RawBuilder<unknown>[] {
  const { name, email, phone } = keysOf(values)
  if (name === undefined) return []
  const byPhone = phone === undefined ? sql`` : sql`AND phone IS NULL`
  const byEmail = email === undefined ? sql`` : sql`AND email IS NULL`
  return [
    sql`(SELECT id, name, email, phone FROM customers
      WHERE archived_at IS NULL AND name_words = ${name} ${byPhone} ${byEmail} LIMIT 2)`,
  ]
}

async function findEarlier(
  db: Kysely<TenantTables>,
  { jobId, keys }: { jobId: string; keys: readonly ReturnType<typeof keysOf>[] },
): Promise<Person[]> {
  const digests = keys.flatMap((each) => Object.entries(each).map(digestOf))
  if (digests.length === 0) return []
  const rows = await db
    .selectFrom('import_keys')
    .select('target')
    .where('job_id', '=', jobId)
    .where('digest', 'in', digests)
    .execute()
  return rows.map(({ target }) => target as Person)
}

/** Remembers whom the rows of a dry run would make or change. */
export async function rememberPeople(
  trx: Transaction<TenantTables>,
  { jobId, people }: { jobId: string; people: readonly Person[] },
): Promise<void> {
  const rows = people.flatMap((person) =>
    Object.entries(keysOf(person)).map((key) => ({
      job_id: jobId,
      digest: digestOf(key),
      target_id: person.id,
      target: JSON.stringify(person),
    })),
  )
  if (rows.length > 0) await trx.replaceInto('import_keys').values(rows).execute()
}

function digestOf([key, value]: [string, string]): string {
  return createHash('sha256').update(`${key} ${value}`).digest('base64url')
}
