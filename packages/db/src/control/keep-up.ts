import type { Installation } from '../installation.ts'
import type { ControlChange, ControlListener } from './control-change.ts'

type Parts = Pick<Installation, 'directory' | 'pool' | 'log'>
type TenantChanged = Extract<ControlChange, { kind: 'tenant.changed' }>

/** The first listener: what this package remembers of the control plane is put right before anybody else is told. */
export function keepUp(parts: Parts): ControlListener {
  return (notice, from) => {
    if (notice.kind === 'everything.changed') parts.directory.forgetAll()
    if (notice.kind !== 'tenant.changed') return
    parts.directory.forget(notice.tenantKey)
    // Whoever closes a tenant here closes its connections too, and waits for that.
    if (from === 'elsewhere' && notice.status !== 'active') closeInBackground(parts, notice)
  }
}

function closeInBackground(parts: Parts, notice: TenantChanged): void {
  closeConnections(parts, notice).catch((error: unknown) => {
    const fields = { tenant: notice.tenantKey, err: error }
    parts.log({ level: 'warn', message: 'connections of a closed tenant are still open', fields })
  })
}

/** If the tenant has been opened again since, what runs is left to run. */
async function closeConnections(
  { directory, pool }: Parts,
  { tenantId, tenantKey }: TenantChanged,
): Promise<void> {
  const found = await directory.find(tenantKey)
  const isOpenAgain = found?.record.id === tenantId && found.record.status === 'active'
  if (!isOpenAgain) await pool.evict(tenantId)
}
