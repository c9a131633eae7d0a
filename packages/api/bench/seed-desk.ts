import { newId, type TenantTables } from '@sarai/db'
import { type Kysely, sql } from 'kysely'

export interface DeskSize {
  conversations: number
  messagesEach: number
  customers: number
  agents: number
  days: number
}

const BATCHES = 10
const DAY_MS = 86_400_000

/**
 * A business of that size over so many days up to now, made by the server itself from its table of numbers. Ids follow
 * the order of time, as those of the product do; a twentieth of the conversations is still open.
 */
export async function seedDesk(db: Kysely<TenantTables>, size: DeskSize, now: Date): Promise<void> {
  const start = new Date(now.getTime() - size.days * DAY_MS)
  await insertAgents(db, size.agents, start)
  await insertCustomers(db, size, start)
  const each = Math.ceil(size.conversations / BATCHES)
  for (let first = 1; first <= size.conversations; first += each) {
    const last = Math.min(size.conversations, first + each - 1)
    await insertConversations(db, { ...size, first, last, start, now })
    await insertMessages(db, { ...size, first, last, now })
  }
  await sql`ANALYZE TABLE conversations, messages, customers`.execute(db)
}

/** Twelve hexadecimal digits of a moment and as many of a number, as a UUIDv7 has them. */
const idOf = (at: unknown, number: unknown) => sql`LOWER(CONCAT(
  LEFT(LPAD(HEX(${at}), 12, '0'), 8), '-', RIGHT(LPAD(HEX(${at}), 12, '0'), 4), '-7000-8000-', LPAD(HEX(${number}), 12, '0')))`
const epochMs = (at: unknown) => sql`TIMESTAMPDIFF(MICROSECOND, '1970-01-01', ${at}) DIV 1000`

async function insertAgents(db: Kysely<TenantTables>, agents: number, at: Date): Promise<void> {
  const roleId = newId()
  const stamps = { created_at: at, updated_at: at }
  await db
    .insertInto('roles')
    .values({ id: roleId, name: 'agents', ...stamps })
    .execute()
  const rows = Array.from({ length: agents }, (_, index) => ({
    user_id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
    role_id: roleId,
    name: `Agent ${index + 1}`,
    email: `agent-${index + 1}@example.test`,
    joined_at: at,
  }))
  await db.insertInto('members').values(rows).execute()
}

async function insertCustomers(db: Kysely<TenantTables>, { customers, days }: DeskSize, start: Date) {
  const at = sql`DATE_ADD(${start}, INTERVAL FLOOR(seq * ${days * 86_400} / ${customers}) SECOND)`
  await sql`
    INSERT INTO customers (id, name, created_at, updated_at)
    SELECT ${idOf(sql`0`, sql`seq`)}, CONCAT('Customer ', seq), ${at}, ${at}
    FROM ${sql.table(`seq_1_to_${customers}`)}`.execute(db)
}

interface Batch extends DeskSize {
  first: number
  last: number
  now: Date
}

async function insertConversations(db: Kysely<TenantTables>, batch: Batch & { start: Date }): Promise<void> {
  const { conversations, customers, agents, days, first, last, start, now } = batch
  const openAfter = Math.floor(conversations * 0.95)
  await sql`
    INSERT INTO conversations (id, customer_id, status, assignee_id, first_customer_message_at, first_response_at,
                               resolved_at, waiting_since, created_at, updated_at)
    SELECT ${idOf(sql`1`, sql`seq`)}, ${idOf(sql`0`, sql`1 + seq % ${sql.lit(customers)}`)},
           IF(seq <= ${openAfter}, 'resolved', 'open'),
           IF(seq % 9 = 0, NULL, CONCAT('00000000-0000-7000-8000-', LPAD(seq % ${sql.lit(agents)}, 12, '0'))),
           at, LEAST(${now}, DATE_ADD(at, INTERVAL FLOOR(EXP(RAND(seq) * 10)) SECOND)),
           IF(seq <= ${openAfter}, LEAST(${now}, DATE_ADD(at, INTERVAL FLOOR(EXP(4 + RAND(seq + 1) * 9)) SECOND)), NULL),
           IF(seq > ${openAfter} AND seq % 3 = 0, at, NULL), at, at
    FROM (SELECT seq, DATE_ADD(${start}, INTERVAL FLOOR(seq * ${days * 86_400_000} / ${conversations}) * 1000 MICROSECOND) AS at
          FROM ${sql.table(`seq_${first}_to_${last}`)}) AS numbers`.execute(db)
}

/** One by one, minutes apart, the customer and an agent in turn. */
async function insertMessages(db: Kysely<TenantTables>, batch: Batch): Promise<void> {
  const { messagesEach, first, last, now } = batch
  const at = sql`LEAST(${now}, DATE_ADD(conversations.created_at, INTERVAL each_one.seq * each_one.seq * 97 SECOND))`
  const number = sql`numbers.seq * ${sql.lit(messagesEach)} + each_one.seq`
  await sql`
    INSERT INTO messages (id, conversation_id, seq, client_id, author_kind, author_id, visibility, body, created_at)
    SELECT ${idOf(epochMs(at), number)}, conversations.id, each_one.seq + 1, ${idOf(sql`2`, number)},
           IF(each_one.seq % 2 = 0, 'customer', 'agent'), NULL, 'public',
           'The cooler you sent last week hums at night. Can somebody look at it before Eid?', ${at}
    FROM ${sql.table(`seq_${first}_to_${last}`)} AS numbers
    JOIN conversations ON conversations.id = ${idOf(sql`1`, sql`numbers.seq`)}
    CROSS JOIN ${sql.table(`seq_0_to_${messagesEach - 1}`)} AS each_one
    ORDER BY 1`.execute(db)
}
