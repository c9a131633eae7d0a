import type { Kysely } from 'kysely'
import type { Connection } from 'mysql2/promise'
import type { ControlTail } from './control/control-tail.ts'
import type { Keyring } from './master/secret.ts'
import type { MasterTables } from './master/tables.ts'
import type { ServerPool } from './pool/server-pool.ts'
import type { LeaseClass } from './pool/types.ts'
import type { ServerAddress } from './server/address.ts'
import { withAdmin } from './server/admin.ts'
import type { TenantSchema } from './tenant/migrations.ts'
import type { TenantDirectory } from './tenant/tenant-directory.ts'

export interface DatabaseEvent {
  level: 'info' | 'warn' | 'error'
  message: string
  /** For the log line; never a secret. */
  fields: Record<string, unknown>
}

/** What the parts of one open database share. */
export interface Installation {
  readonly server: ServerAddress
  readonly serverId: string
  /** The name of the control plane's database. */
  readonly controlPlane: string
  readonly keyring: Keyring
  /** What this process expects of tenants' databases. */
  readonly schema: TenantSchema
  /** What the server lets one tenant's account have at once, whichever process asks: the second fence after the pool's own. */
  readonly tenantFence: number
  readonly pool: ServerPool
  readonly master: Kysely<MasterTables>
  readonly directory: TenantDirectory
  readonly control: ControlTail
  /** Whether tenants are made ahead here, so that it is worth looking for one. */
  readonly hasSpares: boolean
  readonly log: (event: DatabaseEvent) => void
}

/** The administrator's connection is inside the budget as any other, and gone when `work` has settled. */
export async function asAdmin<T>(
  { pool, server, class: leaseClass }: Pick<Installation, 'pool' | 'server'> & { class?: LeaseClass },
  label: string,
  work: (admin: Connection) => Promise<T>,
): Promise<T> {
  return pool.withPermit(label, () => withAdmin(server, work), { class: leaseClass })
}
