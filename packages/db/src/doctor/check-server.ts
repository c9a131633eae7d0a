import { chooseFleetMax } from '../server/admin.ts'
import { type Finding, ok, problem, warning } from './finding.ts'
import { type Patient, query } from './patient.ts'

/** Sessions and leases compare times of the server with times of ours. */
export const CLOCK_DIFFERENCE_MAX_MS = 2_000
/** Below this the operators' reserve leaves too little for two processes of a deploy. */
const CONNECTIONS_FEW = 20
const MARIADB_MIN = [10, 6] as const
const MYSQL_MIN = [8, 0] as const

export async function checkServer(patient: Patient): Promise<Finding> {
  const [row] = await query(patient, 'SELECT VERSION() AS version')
  const version = String(row?.['version'])
  const min = version.includes('MariaDB') ? MARIADB_MIN : MYSQL_MIN
  const [major = 0, minor = 0] = version.split('.').map((part) => Number.parseInt(part, 10))
  const isOld = major < min[0] || (major === min[0] && minor < min[1])
  if (!isOld) return ok('server', `The server answers: ${version}.`)
  return warning('server', `The server is ${version}.`, `Use version ${min.join('.')} or later.`)
}

export async function checkClock(patient: Patient): Promise<Finding> {
  const before = Date.now()
  const [row] = await query(patient, 'SELECT UNIX_TIMESTAMP(NOW(3)) * 1000 AS now')
  const middle = (before + Date.now()) / 2
  const differenceMs = Math.round(Math.abs(Number(row?.['now']) - middle))
  if (differenceMs <= CLOCK_DIFFERENCE_MAX_MS) return ok('clock', 'The clocks of server and machine agree.')
  return problem(
    'clock',
    `The clock of the server and that of this machine differ by ${(differenceMs / 1000).toFixed(1)} s.`,
    'Let both follow the same time server (NTP).',
  )
}

export async function checkConnections(patient: Patient): Promise<Finding> {
  const [row] = await query(patient, 'SELECT @@max_connections AS most')
  const [status] = await query(patient, "SHOW GLOBAL STATUS LIKE 'Max_used_connections'")
  const most = Number(row?.['most'])
  const used = Number(status?.['Value'])
  const all = chooseFleetMax(most)
  const found = `max_connections is ${most}: Sarai may use ${all} of them; at most ${used} were in use at once.`
  if (most < CONNECTIONS_FEW) {
    return problem(
      'connections',
      found,
      `Set max_connections to ${CONNECTIONS_FEW} or more; 100 is a good start.`,
    )
  }
  if (used < most) return ok('connections', found)
  return warning(
    'connections',
    found,
    'Something else uses this server too. Raise max_connections, or move it away.',
  )
}

/** What making, migrating and dropping a tenant takes. */
const NEEDED = ['CREATE', 'DROP', 'ALTER', 'INDEX', 'SELECT', 'INSERT', 'UPDATE', 'DELETE', 'CREATE USER']

export async function checkAdministrator(patient: Patient): Promise<Finding> {
  const rows = await query(patient, 'SHOW GRANTS')
  const grants = rows
    .flatMap((row) => Object.values(row).map(String))
    .filter((grant) => / ON \*\.\* /.test(grant))
  const has = (right: string) =>
    grants.some(
      (grant) => grant.includes('ALL PRIVILEGES') || new RegExp(`(GRANT |, )${right}(,| ON )`).test(grant),
    )
  const lacking = NEEDED.filter((right) => !has(right))
  if (!grants.some((grant) => grant.includes('WITH GRANT OPTION'))) lacking.push('GRANT OPTION')
  const { user } = patient.server
  if (lacking.length === 0) return ok('administrator', `${user} may make tenants.`)
  return problem(
    'administrator',
    `${user} lacks ${lacking.join(', ')} on all databases.`,
    `GRANT ALL PRIVILEGES ON *.* TO '${user}'@… WITH GRANT OPTION.`,
  )
}
