import type { Connection } from 'mysql2/promise'
import type { MatchedPeople } from './people.ts'

/** What must not go on in a copy as it does where it came from. */
export async function settleCopied(connection: Connection, matched: MatchedPeople): Promise<void> {
  await keepNamesOnly(connection, matched)
  await endJobs(connection)
  await holdScheduled(connection)
}

/** Those without an account here cannot come in, so they are shown as people who left. */
async function keepNamesOnly(connection: Connection, { memberIds }: MatchedPeople): Promise<void> {
  const known = [...memberIds]
  const unknown = known.length > 0 ? 'AND user_id NOT IN (?)' : ''
  await connection.query(
    `UPDATE members SET removed_at = UTC_TIMESTAMP(3) WHERE removed_at IS NULL ${unknown}`,
    [known],
  )
}

/**
 * A job that was waiting or under way when the archive was made is finished there. Taken up here as well it would be done
 * twice: what it sends or tells somebody would come from both.
 */
async function endJobs(connection: Connection): Promise<void> {
  await connection.query(
    `UPDATE jobs SET state = 'cancelled', lease_owner = NULL, lease_until = NULL,
       finished_at = UTC_TIMESTAMP(3), cancel_requested_at = COALESCE(cancel_requested_at, UTC_TIMESTAMP(3))
     WHERE state IN ('queued', 'running')`,
  )
}

/** A reply that waits for its time is sent from where it was written; here it waits for its author to say so. */
async function holdScheduled(connection: Connection): Promise<void> {
  await connection.query("UPDATE scheduled_messages SET held_reason = 'copied' WHERE held_reason IS NULL")
}
