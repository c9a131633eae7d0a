import { newId, type TenantTables } from '@sarai/db'
import { type Kysely, sql, type Transaction } from 'kysely'
import { writeAudit } from '../audit/write-audit.ts'
import { type RecordChange, transact } from '../change/transact.ts'
import { DomainError } from '../errors.ts'
import { requirePermission } from '../permission/access.ts'
import type { ScopedContext } from '../trpc.ts'
import {
  CANNED_REPLIES_MAX,
  type CannedReplyIdInput,
  type CreateCannedReplyInput,
  type UpdateCannedReplyInput,
} from './schema.ts'
import type { CannedReply } from './model.ts'
import { refuseTaken } from '../refuse-taken.ts'

const TAKEN = {
  key: 'canned_replies_shortcut',
  field: 'shortcut',
  userMessage: 'This shortcut is taken. Choose another.',
}

/** Who may change what the whole team uses. */
const TEAM_PERMISSION = 'chat:configure'
/** `owner_id` of what is everybody's. */
const TEAM = ''

/** The caller's own and the team's, by shortcut. */
export async function listCannedReplies(
  db: Kysely<TenantTables>,
  { userId }: { userId: string },
): Promise<{ items: CannedReply[] }> {
  const rows = await db
    .selectFrom('canned_replies')
    .selectAll()
    .where('owner_id', 'in', [userId, TEAM])
    .orderBy('shortcut')
    .orderBy('id')
    .execute()
  return { items: rows.map(toCannedReply) }
}

/** CONFLICT for a shortcut that is taken, and at CANNED_REPLIES_MAX; FORBIDDEN for the team's without the permission. */
export function createCannedReply(
  ctx: ScopedContext,
  { shortcut, body, isTeams = false }: CreateCannedReplyInput,
): Promise<CannedReply> {
  if (isTeams) requirePermission(ctx.access, TEAM_PERMISSION, ctx.actorKind)
  const reply = { id: newId(), owner_id: isTeams ? TEAM : ctx.user.id, shortcut, body }
  return refuseTaken(
    transact(ctx, async (trx, record) => {
      await refuseTooMany(trx, reply.owner_id)
      await trx
        .insertInto('canned_replies')
        .values({ ...reply, updated_by: ctx.user.id, updated_at: new Date() })
        .execute()
      await writeDown(trx, ctx, { action: 'canned-reply.created', after: reply })
      return announce(record, reply)
    }),
    TAKEN,
  )
}

/** NOT_FOUND for one of somebody else; otherwise as createCannedReply. */
export function updateCannedReply(
  ctx: ScopedContext,
  { id, shortcut, body }: UpdateCannedReplyInput,
): Promise<CannedReply> {
  return refuseTaken(
    transact(ctx, async (trx, record) => {
      const before = await getChangeable(trx, { ctx, id })
      const after = { id, owner_id: before.owner_id, shortcut, body }
      await trx
        .updateTable('canned_replies')
        .set({ shortcut, body, updated_by: ctx.user.id, updated_at: new Date() })
        .where('id', '=', id)
        .execute()
      await writeDown(trx, ctx, { action: 'canned-reply.updated', before, after })
      return announce(record, after)
    }),
    TAKEN,
  )
}

/** Gone for good; what was written with it stays as it is. */
export function removeCannedReply(ctx: ScopedContext, { id }: CannedReplyIdInput): Promise<CannedReply> {
  return transact(ctx, async (trx, record) => {
    const reply = await getChangeable(trx, { ctx, id })
    await trx.deleteFrom('canned_replies').where('id', '=', id).execute()
    await writeDown(trx, ctx, { action: 'canned-reply.deleted', before: reply })
    return announce(record, reply)
  })
}

interface StoredReply {
  id: string
  owner_id: string
  shortcut: string
  body: string
}

function toCannedReply({ id, owner_id, shortcut, body }: StoredReply): CannedReply {
  return { id, shortcut, body, isTeams: owner_id === TEAM }
}

interface Written {
  action: 'canned-reply.created' | 'canned-reply.updated' | 'canned-reply.deleted'
  before?: StoredReply
  after?: StoredReply
}

/** What everybody answers with is everybody's business; what is one's own is nobody's. */
async function writeDown(
  trx: Transaction<TenantTables>,
  ctx: ScopedContext,
  { action, before, after }: Written,
): Promise<void> {
  const reply = after ?? before
  if (reply?.owner_id !== TEAM) return
  await writeAudit(trx, ctx, {
    action,
    entity: { id: reply.id, name: reply.shortcut },
    ...(before && { before: { shortcut: before.shortcut, body: before.body } }),
    ...(after && { after: { shortcut: after.shortcut, body: after.body } }),
  })
}

function announce(record: RecordChange, reply: StoredReply): CannedReply {
  record({
    kind: 'canned-reply.changed',
    entityId: reply.id,
    userId: reply.owner_id === TEAM ? null : reply.owner_id,
  })
  return toCannedReply(reply)
}

async function getChangeable(
  trx: Transaction<TenantTables>,
  { ctx, id }: { ctx: ScopedContext; id: string },
): Promise<StoredReply> {
  const reply = await trx
    .selectFrom('canned_replies')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst()
  if (!reply || ![TEAM, ctx.user.id].includes(reply.owner_id)) {
    throw new DomainError('NOT_FOUND', 'This canned reply does not exist any more.')
  }
  if (reply.owner_id === TEAM) requirePermission(ctx.access, TEAM_PERMISSION, ctx.actorKind)
  return reply
}

async function refuseTooMany(trx: Transaction<TenantTables>, ownerId: string): Promise<void> {
  // The counter's row serialises makers, so that two at once cannot both be the last one.
  await trx.selectFrom('change_counter').select('id').forUpdate().execute()
  const { count } = await trx
    .selectFrom('canned_replies')
    .select(sql<number>`COUNT(*)`.as('count'))
    .where('owner_id', '=', ownerId)
    .executeTakeFirstOrThrow()
  if (count < CANNED_REPLIES_MAX) return
  throw new DomainError('CONFLICT', `There can be ${CANNED_REPLIES_MAX} of these. Remove one first.`)
}
