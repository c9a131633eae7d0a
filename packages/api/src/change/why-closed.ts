import { type ControlChange, DatabaseError, type DatabaseErrorCode } from '@sarai/db'

type TenantChanged = Extract<ControlChange, { kind: 'tenant.changed' }>

/** What passes by itself is waited out by the streams. */
const ENDS_WITH = {
  provisioning: undefined,
  active: undefined,
  migrating: undefined,
  suspended: 'TENANT_SUSPENDED',
  archived: 'TENANT_ARCHIVED',
  deleted: 'TENANT_UNKNOWN',
} as const satisfies Record<TenantChanged['status'], DatabaseErrorCode | undefined>

/** What the streams of a tenant end with, or undefined if they go on. */
export function whyClosed({ status, tenantKey }: TenantChanged): DatabaseError | undefined {
  const code = ENDS_WITH[status]
  return code && new DatabaseError(code, `the tenant is ${status}`, { tenant: tenantKey })
}
