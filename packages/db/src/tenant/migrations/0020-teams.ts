import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'
import { addColumn } from '../../add-column.ts'
import { addIndex } from '../../add-index.ts'

const ID = sql`CHAR(36) CHARACTER SET ascii COLLATE ascii_bin`

const tables = [
  sql`CREATE TABLE IF NOT EXISTS teams (
    id ${ID} NOT NULL PRIMARY KEY,
    name VARCHAR(60) NOT NULL,
    created_at DATETIME(3) NOT NULL,
    UNIQUE KEY teams_name (name)
  )`,
  sql`CREATE TABLE IF NOT EXISTS team_members (
    team_id ${ID} NOT NULL,
    user_id ${ID} NOT NULL,
    PRIMARY KEY (team_id, user_id),
    KEY team_members_user (user_id),
    CONSTRAINT team_members_team FOREIGN KEY (team_id) REFERENCES teams (id) ON DELETE CASCADE,
    CONSTRAINT team_members_user FOREIGN KEY (user_id) REFERENCES members (user_id)
  )`,
]

/** Teams, and which one a conversation belongs to. */
export const teams: Migration = {
  async up(db: Kysely<unknown>) {
    for (const statement of tables) await statement.execute(db)
    await addColumn(db, { table: 'conversations', column: 'team_id', definition: sql`${ID} NULL` })
    await addIndex(db, {
      table: 'conversations',
      index: 'conversations_team',
      columns: sql`(team_id, status, updated_at)`,
    })
  },
}
