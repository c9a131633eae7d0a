import { DatabaseError } from '../errors.ts'
import { makeKeyring } from '../master/secret.ts'
import { parseServerUrl, type ServerAddress } from '../server/address.ts'
import { withAdmin } from '../server/admin.ts'
import { checkControlPlane, checkProcesses, checkSecret } from './check-control-plane.ts'
import { checkDisk } from './check-disk.ts'
import { checkGrants } from './check-grants.ts'
import { checkAdministrator, checkClock, checkConnections, checkServer } from './check-server.ts'
import { checkBehind, checkGrace, checkHalfMade, checkMissing, checkOrphans } from './check-tenants.ts'
import { type Finding, problem } from './finding.ts'
import { listExamined, type Patient, query } from './patient.ts'

export interface ExamineOptions {
  /** As for openDatabase. */
  server: string | ServerAddress
  /** APP_SECRET. */
  secret: string
  /** Of the control plane's database; default `sarai`. */
  name?: string | undefined
}

/**
 * Looks for what is wrong in an installation and says what to do about it. Changes nothing, takes one connection of the
 * administrator, and never throws for what it finds: a server that does not answer is a finding.
 */
export async function examineInstallation(options: ExamineOptions): Promise<Finding[]> {
  const server = typeof options.server === 'string' ? parseServerUrl(options.server) : options.server
  const keyring = makeKeyring(options.secret)
  const name = options.name ?? 'sarai'
  try {
    return await withAdmin(server, (admin) => examine({ admin, server, keyring, name }))
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error
    const advice = 'Look whether the server runs, and whether DATABASE_URL names it and its administrator.'
    return [problem('server', `${error.message}.`, advice)]
  }
}

async function examine(patient: Patient): Promise<Finding[]> {
  const findings = [
    await checkServer(patient),
    await checkClock(patient),
    await checkConnections(patient),
    await checkDisk(patient),
    await checkAdministrator(patient),
    await checkControlPlane(patient),
  ]
  // Without the newest control plane there is nobody to look at.
  if (findings.at(-1)?.state !== 'ok') return findings
  const tenants = await listExamined(patient)
  const onServer = await listOnServer(patient)
  return [
    ...findings,
    await checkSecret(patient, tenants),
    checkHalfMade(tenants),
    checkBehind(tenants),
    checkGrace(tenants),
    checkMissing(tenants, onServer),
    await checkGrants(patient, tenants),
    checkOrphans(tenants, onServer),
    await checkProcesses(patient),
  ]
}

async function listOnServer(patient: Patient) {
  const databases = await query(patient, 'SELECT schema_name AS name FROM information_schema.schemata')
  const accounts = await query(patient, 'SELECT DISTINCT user AS name FROM mysql.user')
  const retired = await query(patient, 'SELECT account_name AS name FROM ??.retired_accounts', [patient.name])
  const namesOf = (rows: Record<string, unknown>[]) => new Set(rows.map((row) => String(row['name'])))
  return { databases: namesOf(databases), accounts: namesOf(accounts), retired: namesOf(retired) }
}
