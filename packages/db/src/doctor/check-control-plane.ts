import { MASTER_MIGRATIONS } from '../master/migrations.ts'
import { type Finding, nameSome, ok, problem, warning } from './finding.ts'
import { type ExaminedTenant, type Patient, query } from './patient.ts'

/** The newest schema, or undefined with why nothing further can be looked at. */
export async function checkControlPlane(patient: Patient): Promise<Finding> {
  const { name } = patient
  const databases = await query(patient, 'SELECT 1 FROM information_schema.schemata WHERE schema_name = ?', [
    name,
  ])
  if (databases.length === 0) {
    return problem('control-plane', `There is no database ${name} yet.`, 'Start Sarai once: npm start')
  }
  const done = await query(patient, 'SELECT name FROM ??.kysely_migration', [name])
  const names = new Set(done.map((row) => String(row['name'])))
  const missing = Object.keys(MASTER_MIGRATIONS).filter((migration) => !names.has(migration))
  const unknown = [...names].filter((migration) => !(migration in MASTER_MIGRATIONS))
  if (unknown.length > 0) {
    return problem(
      'control-plane',
      `It was made by a newer Sarai: ${nameSome(unknown)}.`,
      'Use the newer version here.',
    )
  }
  if (missing.length === 0) return ok('control-plane', `${name} has the newest schema.`)
  return warning(
    'control-plane',
    `${name} lacks ${nameSome(missing)}.`,
    'Start Sarai: it migrates by itself.',
  )
}

export async function checkSecret(patient: Patient, tenants: readonly ExaminedTenant[]): Promise<Finding> {
  const { keyring } = patient
  const rows = await query(patient, 'SELECT version, wrapped_key FROM ??.secret_keys', [patient.name])
  const keys = rows.map((row) => ({ version: Number(row['version']), wrapped: String(row['wrapped_key']) }))
  // Keys of another secret do not open either; then no tenant's password does.
  canOpen(() => keyring.learn(keys))
  const closed = tenants.filter(({ id, secret }) => !canOpen(() => keyring.unseal(secret, id)))
  if (closed.length === 0) return ok('secret', `APP_SECRET opens the passwords of ${tenants.length} tenants.`)
  const all = closed.length === tenants.length
  return problem(
    'secret',
    all
      ? 'APP_SECRET is not the one of this installation.'
      : `It does not open ${nameSome(closed.map(({ key }) => key))}.`,
    all
      ? 'Set APP_SECRET to the old one, or put the file app-secret back.'
      : 'Set a new password for these tenants.',
  )
}

function canOpen(open: () => unknown): boolean {
  try {
    open()
    return true
  } catch {
    return false
  }
}

/** Longer than a process keeps its share after it was last heard of. */
const STALE_SECONDS = 60

export async function checkProcesses(patient: Patient): Promise<Finding> {
  const rows = await query(
    patient,
    `SELECT host, pid, share, TIMESTAMPDIFF(SECOND, heartbeat_at, UTC_TIMESTAMP(3)) AS silent FROM ??.pool_shares`,
    [patient.name],
  )
  const stale = rows.filter((row) => Number(row['silent']) > STALE_SECONDS)
  const live = rows.length - stale.length
  if (stale.length === 0) return ok('processes', `${live} processes share the connections.`)
  const names = stale.map((row) => `${String(row['host'])} ${String(row['pid'])}`)
  return warning(
    'processes',
    `Not heard of for over a minute: ${nameSome(names)}.`,
    'If they were killed, nothing: what they had is given to others already.',
  )
}
