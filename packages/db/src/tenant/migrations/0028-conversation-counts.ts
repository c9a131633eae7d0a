import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { addUncounted } from '../counted-conversations.ts'

const tables = [
  sql`CREATE TABLE IF NOT EXISTS conversation_quarters (
    moment ENUM('created', 'resolved') NOT NULL,
    quarter DATETIME NOT NULL,
    conversations INT NOT NULL,
    PRIMARY KEY (moment, quarter)
  )`,
  sql`CREATE TABLE IF NOT EXISTS duration_days (
    timed ENUM('firstResponse', 'resolution') NOT NULL,
    day DATETIME NOT NULL,
    step BIGINT NOT NULL,
    conversations INT NOT NULL,
    PRIMARY KEY (timed, day, step)
  )`,
]

/** Conversations counted for the dashboard. Empty at first: a chore fills it, and what it has not come to is read itself. */
export const conversationCounts: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of tables) await statement.execute(db)
    await addUncounted(db)
  },
}
