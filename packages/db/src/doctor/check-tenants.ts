import { TENANT_SCHEMA_VERSION } from '../tenant/migrations.ts'
import { endOfGrace } from '../tenant/sweep-tenants.ts'
import { type Finding, nameSome, ok, problem, warning } from './finding.ts'
import { type ExaminedTenant, isSpare } from './patient.ts'

type Tenants = readonly ExaminedTenant[]

/** What is being made or migrated right now is no finding. */
const AT_WORK_MAX_MS = 600_000

const keysOf = (tenants: Tenants) => nameSome(tenants.map(({ key }) => key))
const isOld = ({ updatedAt }: ExaminedTenant) => Date.now() - updatedAt.getTime() > AT_WORK_MAX_MS

export function checkHalfMade(tenants: Tenants): Finding {
  const found = tenants.filter(
    (tenant) => tenant.status === 'provisioning' && isOld(tenant) && !isSpare(tenant),
  )
  if (found.length === 0) return ok('half-made', 'No tenant is half-made.')
  return problem(
    'half-made',
    `Half-made: ${keysOf(found)}.`,
    'Restart Sarai: it finishes them or takes them back.',
  )
}

export function checkBehind(tenants: Tenants): Finding {
  const behind = tenants.filter(
    ({ status, schemaVersion }) =>
      schemaVersion < TENANT_SCHEMA_VERSION && status !== 'archived' && status !== 'provisioning',
  )
  const stuck = tenants.filter((tenant) => tenant.status === 'migrating' && isOld(tenant))
  const found = [...new Set([...behind, ...stuck])]
  if (found.length === 0) return ok('behind', `Every tenant has schema ${TENANT_SCHEMA_VERSION}.`)
  return problem('behind', `Not migrated: ${keysOf(found)}.`, 'Run sarai migrate run; it says what fails.')
}

export function checkGrace(tenants: Tenants, now = new Date()): Finding {
  const late = tenants.filter(
    ({ archivedAt, isBeingDeleted }) => isBeingDeleted || (archivedAt && endOfGrace(archivedAt) < now),
  )
  if (late.length === 0) return ok('past-grace', 'No archived tenant is past its grace.')
  return warning('past-grace', `To be deleted: ${keysOf(late)}.`, 'A running server does it within the hour.')
}

interface OnServer {
  /** Accounts that others have replaced and that will be dropped. */
  retired: ReadonlySet<string>
  databases: ReadonlySet<string>
  accounts: ReadonlySet<string>
}

export function checkMissing(tenants: Tenants, { databases, accounts }: Omit<OnServer, 'retired'>): Finding {
  const whole = tenants.filter(({ status, isBeingDeleted }) => status !== 'provisioning' && !isBeingDeleted)
  const lost = whole.filter(({ database }) => !databases.has(database))
  const closed = whole.filter(({ account }) => !accounts.has(account))
  if (lost.length + closed.length === 0)
    return ok('missing', 'Every tenant has its database and its account.')
  const parts = [
    lost.length > 0 && `without a database: ${keysOf(lost)}`,
    closed.length > 0 && `without an account: ${keysOf(closed)}`,
  ].filter(Boolean)
  return problem('missing', `Tenants ${parts.join('; ')}.`, 'Restore them from a backup of the server.')
}

const OURS = /^sarai_[tm]_[0-9a-f]{16,32}$/

/** Other installations on the same server have theirs, which we cannot tell from what was left behind. */
export function checkOrphans(tenants: Tenants, { databases, accounts, retired }: OnServer): Finding {
  const own = tenants.flatMap(({ database, account, migrator }) => [database, account, migrator])
  const known = new Set<string | null>([...own, ...retired])
  const orphans = [...databases, ...accounts].filter((name) => OURS.test(name) && !known.has(name))
  if (orphans.length === 0) return ok('orphans', 'No database or account is nobody’s.')
  return warning(
    'orphans',
    `Of no tenant here: ${nameSome(orphans)}.`,
    'If no other installation uses this server, drop them.',
  )
}
