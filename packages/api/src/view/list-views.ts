import type { SavedViewRow, TenantTables, ViewKind } from '@sarai/db'
import type { Kysely } from 'kysely'
import type { ZodType } from 'zod'
import type { Permission } from '../permission/schema.ts'
import type { SavedView } from './model.ts'

/** A kind of list that views can be saved of. */
export interface ListKind {
  kind: ViewKind
  /** Who may share a view, and change one that is shared. */
  sharePermission: Permission
}

/** The same with how to read what is saved of it. */
export interface ViewsOf<Content extends object> extends ListKind {
  content: ZodType<Content>
  /** Refuses a content that names what the tenant does not have: NOT_FOUND. */
  requireNamed(db: Kysely<TenantTables>, content: Content): Promise<void>
}

export interface Reader {
  userId: string
}

/**
 * The caller's own views and the team's, by name: at most VIEWS_OWN_MAX and VIEWS_SHARED_MAX. One whose content this
 * version cannot read is left out.
 */
export async function listViews<Content extends object>(
  db: Kysely<TenantTables>,
  of: ViewsOf<Content>,
  { userId }: Reader,
): Promise<{ items: SavedView<Content>[] }> {
  const rows = await selectVisible(db, of, { userId })
    .where('saved_views.deleted_at', 'is', null)
    .orderBy('saved_views.name')
    .orderBy('saved_views.id')
    .execute()
  return { items: rows.flatMap((row) => toView(row, of) ?? []) }
}

/** What the caller may see of a kind of list, deleted ones among it. */
export function selectVisible(db: Kysely<TenantTables>, { kind }: ListKind, { userId }: Reader) {
  return db
    .selectFrom('saved_views')
    .leftJoin('members', (join) =>
      join.onRef('members.user_id', '=', 'saved_views.owner_id').on('members.removed_at', 'is', null),
    )
    .where('saved_views.kind', '=', kind)
    .where((eb) => eb.or([eb('saved_views.is_shared', '=', 1), eb('saved_views.owner_id', '=', userId)]))
    .selectAll('saved_views')
    .select('members.name as owner_name')
}

/** undefined: what this version cannot read. */
export function toView<Content extends object>(
  row: SavedViewRow & { owner_name: string | null },
  { content }: Pick<ViewsOf<Content>, 'content'>,
): SavedView<Content> | undefined {
  const read = content.safeParse(row.content)
  if (!read.success) return undefined
  return {
    id: row.id,
    name: row.name,
    isShared: row.is_shared === 1,
    owner: row.owner_name === null ? null : { id: row.owner_id, name: row.owner_name },
    content: read.data,
    version: row.version,
    updatedAt: row.updated_at.toISOString(),
  }
}
