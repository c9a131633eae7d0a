import { type Kysely, sql } from 'kysely'
import { hasErrno } from './statement-error.ts'

/**
 * A server that writes a binary log lets nobody make triggers without SUPER, or the right to trust them; an account
 * from before there were triggers has no right to make any.
 */
const TRIGGERS_NOT_ALLOWED = [1419, 1142]

/** The same table in the control plane and in every tenant: who did what to which thing, from where. */
export const AUDIT_TABLE = sql`CREATE TABLE IF NOT EXISTS audit_log (
    id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL PRIMARY KEY,
    at DATETIME(3) NOT NULL,
    actor_kind ENUM('user', 'api-key', 'system') NOT NULL,
    actor_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
    actor_name VARCHAR(254) NOT NULL,
    action VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL,
    entity_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL,
    entity_name VARCHAR(254) NULL,
    details TEXT NULL,
    address VARCHAR(64) NULL,
    user_agent VARCHAR(512) NULL,
    request_id VARCHAR(64) NULL,
    KEY audit_log_actor (actor_id, id),
    KEY audit_log_action (action, id),
    KEY audit_log_entity (entity_id, id)
  )`

const triggers = (['UPDATE', 'DELETE'] as const).map(
  (verb) => sql`CREATE TRIGGER IF NOT EXISTS ${sql.raw(`audit_log_no_${verb.toLowerCase()}`)}
    BEFORE ${sql.raw(verb)} ON audit_log FOR EACH ROW
    SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'the audit log is only added to'`,
)

/** Refuses UPDATE and DELETE for every account, the tenant's own included, where the server allows triggers. */
export async function keepAppendOnly(db: Kysely<unknown>): Promise<void> {
  for (const trigger of triggers) {
    await trigger.execute(db).catch((error: unknown) => {
      if (!TRIGGERS_NOT_ALLOWED.some((errno) => hasErrno(error, errno))) throw error
    })
  }
}
