import { type Database, indexCustomers, type MasterTables, type TenantTables } from '@sarai/db'
import type { Insertable, Kysely, Transaction } from 'kysely'
import { createUser } from '../auth/user.ts'
import { addMember } from '../permission/add-member.ts'
import { installBuiltInRoles } from '../permission/install-built-in-roles.ts'
import { RABIN, ZAITOON } from './content/businesses.ts'
import type { Business } from './content/dialogue.ts'
import { colorOf, makeCards } from './make-card.ts'
import { type DemoConversation, makeConversations } from './make-conversations.ts'
import { type DemoCustomer, makeCustomers } from './make-customers.ts'
import { DEMO_TIME_ZONE } from './make-times.ts'
import { type DemoWorkspace, makeWorkspace } from './make-workspace.ts'
import { DEMO_OPERATOR, DEMO_PASSWORD, DEMO_STAFF, type DemoPerson } from './people.ts'
import { Random } from './random.ts'

/** Rows in one INSERT: far below the server's packet limit, few round trips. */
const ROWS_IN_ONE_INSERT = 500

export interface InstallDemoOptions {
  database: Database
  onProgress?: (message: string) => void
  /** The demo ends at this moment; default now. */
  now?: Date
}

/**
 * Puts in the two demo businesses and the people who can sign in. Safe to call at every start: what is
 * there stays as it is, and a tenant's data go in whole or not at all, so a start that was interrupted
 * is completed by the next.
 */
export async function installDemo({
  database,
  onProgress,
  now = new Date(),
}: InstallDemoOptions): Promise<void> {
  await ensureOperator(database.master, await ensureUser(database.master, DEMO_OPERATOR))
  for (const business of [RABIN, ZAITOON]) {
    if (await isInstalled(database, business.tenantKey)) continue
    onProgress?.(`Putting in the demo data of ${business.name}`)
    await installBusiness(database, business, now)
  }
}

async function isInstalled(database: Database, tenantKey: string): Promise<boolean> {
  const tenant = await database.findTenant(tenantKey)
  // A demo tenant that somebody suspended or archived is theirs now.
  if (tenant && tenant.status !== 'active') return true
  if (!tenant) return false
  const row = await database.withTenant(
    tenantKey,
    (db) => db.selectFrom('customers').select('id').limit(1).executeTakeFirst(),
    { label: 'demo' },
  )
  return row !== undefined
}

async function installBusiness(database: Database, business: Business, now: Date): Promise<void> {
  const { tenantKey, name } = business
  const tenant = (await database.findTenant(tenantKey)) ?? (await database.createTenant({ tenantKey, name }))
  const staff = []
  for (const person of DEMO_STAFF[tenantKey] ?? []) {
    staff.push({ ...person, userId: await ensureUser(database.master, person) })
  }
  const options = { label: 'demo' }
  await database.withTenant(tenantKey, (db) => installBuiltInRoles(db), options)
  for (const { userId, role } of staff) await addMember(database, { tenant, userId, role })
  const answering = staff.filter(({ role }) => role !== 'viewer').toSorted(busiestFirst)
  const random = new Random(business.seed)
  const customers = makeCustomers(business, random, now)
  const memberIds = answering.map(({ userId }) => userId)
  const readers = staff.map(({ userId }) => userId)
  const conversations = makeConversations({ business, customers, agents: answering, readers, random, now })
  const workspace = makeWorkspace({ content: business.workspace, staff, conversations, random, now })
  await database.withTenant(
    tenantKey,
    (db) => insertDesk(db, { business, customers, conversations, workspace, random, memberIds, now }),
    options,
  )
}

/** Agents write most, the owner least. */
function busiestFirst(one: { role: string }, other: { role: string }): number {
  const order = ['agent', 'manager', 'owner']
  return order.indexOf(one.role) - order.indexOf(other.role)
}

async function ensureUser(master: Kysely<MasterTables>, { email, name }: DemoPerson): Promise<string> {
  const found = await master.selectFrom('users').where('email', '=', email).select('id').executeTakeFirst()
  return found?.id ?? (await createUser(master, { email, name, password: DEMO_PASSWORD })).id
}

async function ensureOperator(master: Kysely<MasterTables>, userId: string): Promise<void> {
  await master.insertInto('operators').ignore().values({ user_id: userId, created_at: new Date() }).execute()
}

interface Desk {
  business: Business
  customers: readonly DemoCustomer[]
  conversations: readonly DemoConversation[]
  workspace: DemoWorkspace
  random: Random
  memberIds: readonly string[]
  now: Date
}

async function insertDesk(db: Kysely<TenantTables>, desk: Desk): Promise<void> {
  await db.updateTable('workspace_profile').set({ time_zone: DEMO_TIME_ZONE }).where('id', '=', 1).execute()
  await db.transaction().execute(async (trx) => {
    await insertCustomers(trx, desk)
    await insertWorkspace(trx, desk.workspace)
    await insertConversations(trx, desk)
  })
}

async function insertCustomers(trx: Transaction<TenantTables>, desk: Desk): Promise<void> {
  const { business, customers, random, memberIds } = desk
  const tags = business.tags.map((name, index) => ({
    id: random.id(new Date(0)),
    name,
    color: colorOf(index),
    created_at: new Date(),
  }))
  const cards = makeCards(desk)
  await insertAll(
    trx,
    'customers',
    customers.map(({ row }, at) => ({ ...row, owner_id: ownerOf(at, memberIds) })),
  )
  await indexCustomers(
    trx,
    customers.map(({ row }) => row.id),
  )
  await insertAll(trx, 'tags', tags)
  await insertAll(trx, 'customer_tags', tagCustomers(customers, tags, random))
  await insertAll(trx, 'customer_fields', cards.fields)
  await insertAll(trx, 'customer_field_values', cards.values)
  await insertAll(trx, 'customer_notes', cards.notes)
  await insertAll(trx, 'customer_events', cards.events)
}

async function insertConversations(
  trx: Transaction<TenantTables>,
  { conversations, workspace }: Desk,
): Promise<void> {
  const allOf = <Row>(rowsOf: (conversation: DemoConversation) => Row[]) => conversations.flatMap(rowsOf)
  await insertAll(
    trx,
    'conversations',
    conversations.map(({ row }) => ({ ...row, ...sortingOf(workspace, row.id) })),
  )
  await insertAll(trx, 'conversation_labels', workspace.conversationLabels)
  await insertAll(
    trx,
    'messages',
    allOf(({ messages }) => messages),
  )
  await insertAll(
    trx,
    'conversation_events',
    allOf(({ events }) => events),
  )
  await insertAll(
    trx,
    'conversation_reads',
    allOf(({ reads }) => reads),
  )
  await insertAll(
    trx,
    'message_mentions',
    allOf(({ mentions }) => mentions),
  )
}

async function insertWorkspace(trx: Transaction<TenantTables>, workspace: DemoWorkspace): Promise<void> {
  await insertAll(trx, 'teams', workspace.teams)
  await insertAll(trx, 'team_members', workspace.teamMembers)
  await insertAll(trx, 'labels', workspace.labels)
  await insertAll(trx, 'canned_replies', workspace.replies)
  await insertAll(trx, 'macros', workspace.macros)
  await insertAll(trx, 'rules', workspace.rules)
  await insertAll(trx, 'saved_views', workspace.views)
}

function sortingOf({ sorting }: DemoWorkspace, conversationId: string) {
  const { teamId = null, priority = 0 } = sorting.get(conversationId) ?? {}
  return { team_id: teamId, priority }
}

async function insertAll<Table extends keyof TenantTables>(
  trx: Kysely<TenantTables>,
  table: Table,
  rows: readonly Insertable<TenantTables[Table]>[],
): Promise<void> {
  for (let start = 0; start < rows.length; start += ROWS_IN_ONE_INSERT) {
    await trx
      .insertInto(table)
      .values(rows.slice(start, start + ROWS_IN_ONE_INSERT))
      .execute()
  }
}

/** Three of five are somebody's; the rest waits to be handed out. */
function ownerOf(at: number, memberIds: readonly string[]): string | null {
  return at % 5 < 3 ? (memberIds[at % memberIds.length] ?? null) : null
}

function tagCustomers(
  customers: readonly DemoCustomer[],
  tags: readonly { id: string; name: string }[],
  random: Random,
) {
  return customers.flatMap((customer) =>
    tags
      .filter(({ name }) => random.chance(chanceOfTag(name, customer)))
      .map((tag) => ({ customer_id: customer.row.id, tag_id: tag.id })),
  )
}

function chanceOfTag(name: string, { language, isAbroad }: DemoCustomer): number {
  if (name === 'Urdu') return language === 'ur' ? 0.5 : 0
  if (name === 'Abroad') return isAbroad ? 0.8 : 0
  return 0.09
}
