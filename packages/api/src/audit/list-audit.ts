import { idBound, type TenantTables } from '@sarai/db'
import { type Kysely, type Selectable, type SelectQueryBuilder, sql } from 'kysely'
import { z } from 'zod'
import { decodeOpaque, encodeOpaque } from '../cursor.ts'
import type { AuditActor, AuditLine, AuditPage } from './model.ts'
import {
  AUDIT_ACTORS_LISTED_MAX,
  AUDIT_LIST_LIMIT_DEFAULT,
  type ListAuditInput,
  type ListInstallationAuditInput,
  SYSTEM_ACTOR,
} from './schema.ts'

type Tables = Pick<TenantTables, 'audit_log'>
type Row = Selectable<Tables['audit_log']>

/** A tenant's log or the installation's: `db.$pickTables<'audit_log'>()`. */
export type AuditLog = Kysely<Tables>

/** The id of the last entry of the page before. */
const Cursor = z.tuple([z.uuid()])
/** The id of an entry is made before its time is taken, and may be this much ahead of it or behind. */
const ID_MARGIN_MS = 60_000

/**
 * The latest first. One statement: `SELECT … WHERE id < … ORDER BY id DESC LIMIT n`; ids sort by time, so a period is a
 * range of the primary key. INVALID for a cursor of another list.
 */
export async function listAudit(
  log: AuditLog,
  input: ListAuditInput | ListInstallationAuditInput,
): Promise<AuditPage> {
  const limit = input.limit ?? AUDIT_LIST_LIMIT_DEFAULT
  let query = filtered(log.selectFrom('audit_log').selectAll(), input)
  if (input.cursor) query = query.where('id', '<', decodeOpaque(input.cursor, Cursor)[0])
  const rows = await query
    .orderBy('id', 'desc')
    .limit(limit + 1)
    .execute()
  const items = rows.slice(0, limit).map(toLine)
  const last = items.at(-1)
  return { items, nextCursor: rows.length > limit && last ? encodeOpaque([last.id]) : null }
}

function filtered(
  query: SelectQueryBuilder<Tables, 'audit_log', Row>,
  { actor, actions, entityId, from, to }: ListAuditInput | ListInstallationAuditInput,
): SelectQueryBuilder<Tables, 'audit_log', Row> {
  let narrowed = query
  if (actor === SYSTEM_ACTOR) narrowed = narrowed.where('actor_kind', '=', 'system')
  else if (actor) narrowed = narrowed.where('actor_id', '=', actor)
  if (actions) narrowed = narrowed.where('action', 'in', actions)
  if (entityId) narrowed = narrowed.where('entity_id', '=', entityId)
  if (from) {
    const begin = new Date(from)
    narrowed = narrowed.where('at', '>=', begin).where('id', '>=', idNear(begin, -ID_MARGIN_MS))
  }
  if (to) {
    const end = new Date(to)
    narrowed = narrowed.where('at', '<', end).where('id', '<', idNear(end, ID_MARGIN_MS))
  }
  return narrowed
}

function idNear(at: Date, margin: number): string {
  return idBound(new Date(Math.max(0, at.getTime() + margin)))
}

/** Everybody who has ever acted, the latest first. One statement, which skips through the index by actor. */
export async function listAuditActors(log: AuditLog): Promise<{ items: AuditActor[] }> {
  const latest = log
    .selectFrom('audit_log')
    .select(sql<string>`MAX(id)`.as('id'))
    .groupBy('actor_id')
    .as('latest')
  const rows = await log
    .selectFrom('audit_log')
    .innerJoin(latest, 'latest.id', 'audit_log.id')
    .select(['actor_kind', 'actor_id', 'actor_name'])
    .orderBy('audit_log.id', 'desc')
    .limit(AUDIT_ACTORS_LISTED_MAX)
    .execute()
  return { items: rows.map(toActor) }
}

function toActor(row: Pick<Row, 'actor_kind' | 'actor_id' | 'actor_name'>): AuditActor {
  return { kind: row.actor_kind, id: row.actor_id, name: row.actor_name }
}

function toLine(row: Row): AuditLine {
  return {
    id: row.id,
    at: row.at.toISOString(),
    actor: toActor(row),
    action: row.action,
    entity: row.entity_id === null ? null : { id: row.entity_id, name: row.entity_name },
    ...readDetails(row.details),
    address: row.address,
    userAgent: row.user_agent,
    requestId: row.request_id,
  }
}

/** Written by write-audit.ts alone. */
function readDetails(text: string | null): Pick<AuditLine, 'before' | 'after'> {
  const { before = null, after = null } = JSON.parse(text ?? '{}') as Partial<
    Pick<AuditLine, 'before' | 'after'>
  >
  return { before, after }
}
