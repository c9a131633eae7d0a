import { newId, type TenantTables } from '@sarai/db'
import { sql, type Transaction } from 'kysely'
import { writeAudit } from '../audit/write-audit.ts'
import { type RecordChange, transact } from '../change/transact.ts'
import { DomainError } from '../errors.ts'
import { requirePermission } from '../permission/access.ts'
import type { ScopedContext } from '../trpc.ts'
import { type ListKind, selectVisible, toView, type ViewsOf } from './list-views.ts'
import type { SavedView } from './model.ts'
import { VIEW_UNDO_DAYS, type ViewIdInput, VIEWS_OWN_MAX, VIEWS_SHARED_MAX } from './schema.ts'

type Trx = Transaction<TenantTables>
const DAY_MS = 86_400_000

export interface NewView<Content> {
  name: string
  isShared?: boolean | undefined
  content: Content
}

/** What is left out stays. */
type Changed<Content> = { [Key in keyof NewView<Content>]?: NewView<Content>[Key] | undefined }

export interface ViewChange<Content> extends Changed<Content> {
  id: string
  version: number
}

/**
 * Saves a view, the caller's own or the team's. CONFLICT for a name that another of them has (`details: { field: 'name' }`)
 * and at VIEWS_OWN_MAX or VIEWS_SHARED_MAX; FORBIDDEN to share for who may not; NOT_FOUND if the content names what is gone.
 */
export function createView<Content extends object>(
  ctx: ScopedContext,
  of: ViewsOf<Content>,
  { name, isShared = false, content }: NewView<Content>,
): Promise<SavedView<Content>> {
  requireShare(ctx, of, isShared)
  const id = newId()
  return transact(ctx, async (trx, record) => {
    await of.requireNamed(trx, content)
    await requireRoom(trx, { of, ownerId: ctx.user.id, isShared, name })
    const now = new Date()
    await trx
      .insertInto('saved_views')
      .values({
        id,
        kind: of.kind,
        owner_id: ctx.user.id,
        is_shared: isShared ? 1 : 0,
        name,
        content: JSON.stringify(content),
        created_at: now,
        updated_at: now,
      })
      .execute()
    if (isShared) await writeViewAudit(trx, { ctx, action: 'view.shared', view: { id, name } })
    announce(record, { ctx, of, id, isForAll: isShared })
    return getView(trx, ctx, { of, id })
  })
}

/**
 * Another name, another content, shared or no longer; whoever takes it from the team has it as their own. CONFLICT with
 * the current one as `details.current` if somebody has changed it meanwhile, and as `createView` does.
 */
export function updateView<Content extends object>(
  ctx: ScopedContext,
  of: ViewsOf<Content>,
  { id, version, ...change }: ViewChange<Content>,
): Promise<SavedView<Content>> {
  return transact(ctx, async (trx, record) => {
    const { wasShared } = await lockView(trx, ctx, { of, id, are: 'live' })
    const before = await getView(trx, ctx, { of, id })
    const after = withChange(before, change)
    requireShare(ctx, of, wasShared || after.isShared)
    if (change.content) await of.requireNamed(trx, change.content)
    if (before.version !== version) throw changedMeanwhile(before)
    if (JSON.stringify(after) === JSON.stringify(before)) return before
    const isMoved = after.isShared !== before.isShared
    const ownerId = isMoved ? ctx.user.id : undefined
    if (isMoved || after.name !== before.name)
      await requireRoom(trx, { of, ownerId: ctx.user.id, isShared: after.isShared, name: after.name, id })
    await trx
      .updateTable('saved_views')
      .set({
        name: after.name,
        is_shared: after.isShared ? 1 : 0,
        content: JSON.stringify(after.content),
        version: before.version + 1,
        updated_at: new Date(),
        ...(ownerId !== undefined && { owner_id: ownerId }),
      })
      .where('id', '=', id)
      .execute()
    const action = auditActionOf({ wasShared, isShared: after.isShared })
    if (action) await writeViewAudit(trx, { ctx, action, view: after, nameBefore: before.name })
    announce(record, { ctx, of, id, isForAll: wasShared || after.isShared })
    return getView(trx, ctx, { of, id })
  })
}

/** Takes a view away; `restoreView` brings it back within VIEW_UNDO_DAYS. */
export function deleteView<Content extends object>(
  ctx: ScopedContext,
  of: ViewsOf<Content>,
  { id }: ViewIdInput,
): Promise<{ id: string }> {
  return transact(ctx, async (trx, record) => {
    const { wasShared, name } = await lockView(trx, ctx, { of, id, are: 'live' })
    requireShare(ctx, of, wasShared)
    const now = new Date()
    await trx.updateTable('saved_views').set({ deleted_at: now }).where('id', '=', id).execute()
    await trx
      .deleteFrom('saved_views')
      .where('kind', '=', of.kind)
      .where('deleted_at', '<', new Date(now.getTime() - VIEW_UNDO_DAYS * DAY_MS))
      .execute()
    if (wasShared) await writeViewAudit(trx, { ctx, action: 'view.deleted', view: { id, name } })
    announce(record, { ctx, of, id, isForAll: wasShared })
    return { id }
  })
}

/** Brings a view back that was deleted. CONFLICT if its name or its place has been taken meanwhile. */
export function restoreView<Content extends object>(
  ctx: ScopedContext,
  of: ViewsOf<Content>,
  { id }: ViewIdInput,
): Promise<SavedView<Content>> {
  return transact(ctx, async (trx, record) => {
    const { wasShared, name, isDeleted } = await lockView(trx, ctx, { of, id, are: 'all' })
    requireShare(ctx, of, wasShared)
    if (isDeleted) {
      await requireRoom(trx, { of, ownerId: ctx.user.id, isShared: wasShared, name, id })
      await trx.updateTable('saved_views').set({ deleted_at: null }).where('id', '=', id).execute()
      if (wasShared) await writeViewAudit(trx, { ctx, action: 'view.restored', view: { id, name } })
      announce(record, { ctx, of, id, isForAll: wasShared })
    }
    return getView(trx, ctx, { of, id })
  })
}

function requireShare({ access }: ScopedContext, of: ListKind, isShared: boolean): void {
  if (isShared) requirePermission(access, of.sharePermission)
}

interface ViewPlace {
  of: ListKind
  id: string
}

/** NOT_FOUND for one that is not there, and for another member's own. */
async function lockView(
  trx: Trx,
  ctx: ScopedContext,
  { of, id, are }: ViewPlace & { are: 'live' | 'all' },
): Promise<{ name: string; wasShared: boolean; isDeleted: boolean }> {
  const row = await trx
    .selectFrom('saved_views')
    .select(['name', 'is_shared', 'deleted_at'])
    .where('id', '=', id)
    .where('kind', '=', of.kind)
    .where((eb) => eb.or([eb('is_shared', '=', 1), eb('owner_id', '=', ctx.user.id)]))
    .forUpdate()
    .executeTakeFirst()
  if (!row || (are === 'live' && row.deleted_at !== null)) throw unknownView()
  return { name: row.name, wasShared: row.is_shared === 1, isDeleted: row.deleted_at !== null }
}

async function getView<Content extends object>(
  trx: Trx,
  ctx: ScopedContext,
  { of, id }: { of: ViewsOf<Content>; id: string },
): Promise<SavedView<Content>> {
  const row = await selectVisible(trx, of, { userId: ctx.user.id })
    .where('saved_views.id', '=', id)
    .executeTakeFirst()
  const view = row && toView(row, of)
  if (!view) throw unknownView()
  return view
}

interface Room {
  of: ListKind
  ownerId: string
  isShared: boolean
  name: string
  /** The view itself, if it is there already. */
  id?: string
}

/** Locks those beside whom the view is to stand, so that two who save at once do not both find room for the last one. */
async function requireRoom(trx: Trx, { of, ownerId, isShared, name, id }: Room): Promise<void> {
  const beside = trx
    .selectFrom('saved_views')
    .where('kind', '=', of.kind)
    .where('is_shared', '=', isShared ? 1 : 0)
    .$if(!isShared, (own) => own.where('owner_id', '=', ownerId))
    .select(['id', 'deleted_at'])
    .select(sql<number>`name = ${name}`.as('has_name'))
    .forUpdate()
  const others = (await beside.execute()).filter((row) => row.deleted_at === null && row.id !== id)
  if (others.some((row) => row.has_name === 1)) {
    throw new DomainError('CONFLICT', 'There is a view with this name already. Choose another name.', {
      details: { field: 'name' },
    })
  }
  const viewsMax = isShared ? VIEWS_SHARED_MAX : VIEWS_OWN_MAX
  if (others.length < viewsMax) return
  const whose = isShared
    ? `A team shares at most ${viewsMax} views`
    : `You can have at most ${viewsMax} views`
  throw new DomainError('CONFLICT', `${whose} of a list. Delete one first.`)
}

function withChange<Content>(
  view: SavedView<Content>,
  { name = view.name, isShared = view.isShared, content = view.content }: Changed<Content>,
): SavedView<Content> {
  return { ...view, name, isShared, content }
}

function auditActionOf({ wasShared, isShared }: { wasShared: boolean; isShared: boolean }) {
  if (wasShared && isShared) return 'view.updated'
  if (isShared) return 'view.shared'
  return wasShared ? 'view.unshared' : undefined
}

interface AuditedView {
  ctx: ScopedContext
  action: 'view.shared' | 'view.updated' | 'view.unshared' | 'view.deleted' | 'view.restored'
  view: { id: string; name: string }
  nameBefore?: string
}

/** What it finds is left out: a search may be somebody's name or number. */
function writeViewAudit(trx: Trx, audited: AuditedView): Promise<void> {
  const { ctx, action, view, nameBefore = view.name } = audited
  const { id, name } = view
  const renamed = nameBefore !== name && { before: { name: nameBefore }, after: { name } }
  return writeAudit(trx, ctx, { action, entity: { id, name }, ...renamed })
}

function announce(
  record: RecordChange,
  { ctx, of, id, isForAll }: ViewPlace & { ctx: ScopedContext; isForAll: boolean },
): void {
  record({ kind: 'view.changed', entityId: id, of: of.kind, ...(!isForAll && { userId: ctx.user.id }) })
}

function changedMeanwhile(current: SavedView<object>): DomainError {
  return new DomainError('CONFLICT', 'Somebody has changed this view meanwhile. Look at it again.', {
    details: { current },
  })
}

function unknownView(): DomainError {
  return new DomainError('NOT_FOUND', 'This view does not exist any more.')
}
