import { type Kysely, sql } from 'kysely'
import type { Migration } from 'kysely/migration'

/** Every permission there was before this migration: what a built-in role lacks of these, somebody took from it. */
const FOUNDING_PERMISSIONS =
  'dashboard:read customer:read customer:create customer:update customer:archive ' +
  'chat:read chat:reply chat:assign chat:resolve permission:read permission:manage'

/** Which permissions a built-in role's set was chosen from, so that one of a later version is not mistaken for taken. */
export const knownPermissions: Migration = {
  async up(db: Kysely<unknown>) {
    const { rows } = await sql`SELECT 1 FROM information_schema.columns
      WHERE table_schema = DATABASE() AND table_name = 'roles' AND column_name = 'known_permissions'`.execute(
      db,
    )
    if (rows.length === 0) {
      await sql`ALTER TABLE roles
        ADD COLUMN known_permissions VARCHAR(4000) CHARACTER SET ascii COLLATE ascii_bin NULL`.execute(db)
    }
    await sql`UPDATE roles SET known_permissions = ${FOUNDING_PERMISSIONS}
      WHERE built_in IS NOT NULL AND known_permissions IS NULL`.execute(db)
  },
}
