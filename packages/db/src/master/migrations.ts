import type { Migration } from 'kysely/migration'
import { controlPlane } from './migrations/0001-control-plane.ts'
import { poolShares } from './migrations/0002-pool-shares.ts'
import { controlChanges } from './migrations/0003-control-changes.ts'
import { provisioning } from './migrations/0004-provisioning.ts'
import { rollouts } from './migrations/0005-rollouts.ts'
import { secretKeys } from './migrations/0006-secret-keys.ts'
import { people } from './migrations/0007-people.ts'
import { tenantLife } from './migrations/0008-tenant-life.ts'
import { rolloutStop } from './migrations/0009-rollout-stop.ts'
import { tenantRemains } from './migrations/0010-tenant-remains.ts'
import { tenantFigures } from './migrations/0011-tenant-figures.ts'
import { tenantTransfers } from './migrations/0012-tenant-transfers.ts'
import { migrationRuns } from './migrations/0013-migration-runs.ts'
import { tenantAlarms } from './migrations/0014-tenant-alarms.ts'

/** In order; a name once released never changes. */
export const MASTER_MIGRATIONS: Record<string, Migration> = {
  '0001-control-plane': controlPlane,
  '0002-pool-shares': poolShares,
  '0003-control-changes': controlChanges,
  '0004-provisioning': provisioning,
  '0005-rollouts': rollouts,
  '0006-secret-keys': secretKeys,
  '0007-people': people,
  '0008-tenant-life': tenantLife,
  '0009-rollout-stop': rolloutStop,
  '0010-tenant-remains': tenantRemains,
  '0011-tenant-figures': tenantFigures,
  '0012-tenant-transfers': tenantTransfers,
  '0013-migration-runs': migrationRuns,
  '0014-tenant-alarms': tenantAlarms,
}
