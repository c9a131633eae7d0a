import { z } from 'zod'
import { EMAIL_LENGTH_MAX } from '../auth/schema.ts'
import { TENANT_KEY_PATTERN } from '../tenant/schema.ts'

export const TENANT_LIST_LIMIT_MAX = 100
export const TENANT_LIST_LIMIT_DEFAULT = 50
export const TENANT_SEARCH_LENGTH_MAX = 100

/** Not TenantKey: a key that is reserved today may have been given away before. */
const requestedKey = z.string().regex(TENANT_KEY_PATTERN)

export const ListTenantsInput = z
  .strictObject({
    search: z.string().trim().max(TENANT_SEARCH_LENGTH_MAX).optional(),
    /** The key of the last tenant of the page before. */
    cursor: requestedKey.nullish(),
    limit: z.int().min(1).max(TENANT_LIST_LIMIT_MAX).optional(),
  })
  .optional()
export type ListTenantsInput = z.infer<typeof ListTenantsInput>

export const ConnectionsInput = z
  .strictObject({
    /** The `at` of the last sample that is known already: only newer ones are sent. */
    historyAfter: z.iso.datetime().optional(),
  })
  .optional()

export const TenantKeyInput = z.strictObject({ tenantKey: requestedKey })
export type TenantKeyInput = z.infer<typeof TenantKeyInput>

export const PersonInput = z.strictObject({
  email: z.string().trim().toLowerCase().pipe(z.email().max(EMAIL_LENGTH_MAX)),
})
export type PersonInput = z.infer<typeof PersonInput>
