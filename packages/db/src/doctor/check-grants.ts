import { accountName } from '../server/account.ts'
import { type Finding, nameSome, ok, problem } from './finding.ts'
import { type ExaminedTenant, type Patient, query } from './patient.ts'

const USAGE = /^GRANT USAGE ON \*\.\* TO /
const OWN = /^GRANT SELECT, INSERT, UPDATE, DELETE ON (`[^`]+`|"[^"]+")\.\* TO /

/** Each account may read and write its own database and nothing else. */
export async function checkGrants(patient: Patient, tenants: readonly ExaminedTenant[]): Promise<Finding> {
  const wrong: string[] = []
  for (const tenant of tenants) if (!(await hasOwnRightsOnly(patient, tenant))) wrong.push(tenant.key)
  if (wrong.length === 0) return ok('grants', 'Every account may touch its own database alone.')
  return problem(
    'grants',
    `Rights that are too many or too few: ${nameSome(wrong)}.`,
    'REVOKE what was granted by hand: SELECT, INSERT, UPDATE, DELETE on its own database is all it has.',
  )
}

async function hasOwnRightsOnly(patient: Patient, { account, database }: ExaminedTenant): Promise<boolean> {
  const rows = await query(patient, `SHOW GRANTS FOR ${accountName(account, patient.server)}`).catch(() => [])
  const grants = rows.flatMap((row) => Object.values(row).map(String))
  const own = grants.filter((grant) => OWN.test(grant))
  const isOwn = own.some((grant) => grant.replaceAll('\\', '').includes(database))
  const others = grants.filter((grant) => !OWN.test(grant) && !USAGE.test(grant))
  return grants.length === 0 || (own.length === 1 && isOwn && others.length === 0)
}
