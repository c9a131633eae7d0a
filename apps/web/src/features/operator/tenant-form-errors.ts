import { CreateTenantInput, RESERVED_TENANT_KEYS } from '@sarai/api/tenant/schema'

export interface TenantForm {
  tenantKey: string
  name: string
  ownerEmail: string
}

/** Keys of the `operator` messages, so that the words are in the person's language. */
type Fault = 'keyInvalid' | 'keyReserved' | 'keyTaken' | 'nameMissing' | 'emailInvalid'
export type TenantFormErrors = Partial<Record<keyof TenantForm, Fault>>

/** What the server would refuse, before it is asked. Empty if nothing. */
export function findTenantFormErrors(form: TenantForm): TenantFormErrors {
  const parsed = CreateTenantInput.safeParse(form)
  if (parsed.success) return {}
  const fields = new Set(parsed.error.issues.map(({ path }) => path[0]))
  const isReserved = RESERVED_TENANT_KEYS.some((reserved) => reserved === form.tenantKey)
  return {
    ...(fields.has('tenantKey') && { tenantKey: isReserved ? 'keyReserved' : 'keyInvalid' }),
    ...(fields.has('name') && { name: 'nameMissing' }),
    ...(fields.has('ownerEmail') && { ownerEmail: 'emailInvalid' }),
  }
}
