import { type MasterTables, newId, type TenantTables } from '@sarai/db'
import type { Kysely, Transaction } from 'kysely'
import type { Client } from '../context.ts'
import type { AuditAction, InstallationAuditAction } from './schema.ts'

/** Characters of `details`; what is longer is left out rather than cut, so that it stays JSON. */
const DETAILS_LENGTH_MAX = 16_000
const NAME_LENGTH_MAX = 254
const USER_AGENT_LENGTH_MAX = 512

/** Who acts, and from where; every context of a signed-in caller is one. */
export interface AuditContext {
  user: { id: string; name: string }
  /** Default: somebody who is signed in. */
  actorKind?: 'user' | 'api-key' | undefined
  client: Client
  requestId: string
}

/** Whoever works at the command line of the server: no account here, no request, no address. */
export interface CommandLine {
  user: { id: null; name: string }
  actorKind: 'system'
  /** The command. */
  client: { address: null; userAgent: string }
  requestId: null
}

export interface AuditEntry<Action> {
  action: Action
  /** A customer is written down by id alone: what is written here cannot be erased when they ask for it. */
  entity?: { id: string; name?: string }
  /** Never a password, a token or a hash, and of customers the names of fields, not what is in them. */
  before?: Readonly<Record<string, unknown>>
  after?: Readonly<Record<string, unknown>>
}

/**
 * Adds a row to the tenant's audit log, in the transaction of the change itself: both are there or neither.
 * INSERT INTO audit_log; a trigger refuses every UPDATE and DELETE.
 */
export async function writeAudit(
  trx: Transaction<TenantTables>,
  ctx: AuditContext,
  entry: AuditEntry<AuditAction>,
): Promise<void> {
  await trx.insertInto('audit_log').values(toRow(ctx, entry)).execute()
}

/** The same for what concerns the installation, in the control plane. */
export async function writeInstallationAudit(
  trx: Kysely<MasterTables>,
  ctx: AuditContext | CommandLine,
  entry: AuditEntry<InstallationAuditAction>,
): Promise<void> {
  await trx.insertInto('audit_log').values(toRow(ctx, entry)).execute()
}

function toRow(ctx: AuditContext | CommandLine, entry: AuditEntry<string>) {
  const { user, client, requestId, actorKind = 'user' } = ctx
  const { action, entity, before, after } = entry
  const details = before || after ? JSON.stringify({ before, after }) : null
  return {
    id: newId(),
    at: new Date(),
    actor_kind: actorKind,
    actor_id: user.id,
    actor_name: user.name.slice(0, NAME_LENGTH_MAX),
    action,
    entity_id: entity?.id,
    entity_name: entity?.name?.slice(0, NAME_LENGTH_MAX),
    details: details !== null && details.length > DETAILS_LENGTH_MAX ? null : details,
    address: client.address,
    user_agent: client.userAgent?.slice(0, USER_AGENT_LENGTH_MAX),
    request_id: requestId,
  }
}

/** Of two states, the fields that differ: what a reader of the log wants to see. */
export function changedFields<T extends Readonly<Record<string, unknown>>>(
  before: T,
  after: T,
): { before: Partial<T>; after: Partial<T> } {
  const differing = Object.keys(after).filter(
    (key) => JSON.stringify(before[key]) !== JSON.stringify(after[key]),
  )
  const pick = (from: T) => Object.fromEntries(differing.map((key) => [key, from[key]])) as Partial<T>
  return { before: pick(before), after: pick(after) }
}
