import { z } from 'zod'

export const TENANT_KEY_PATTERN = /^[a-z][a-z0-9-]{1,30}[a-z0-9]$/
export const TENANT_NAME_LENGTH_MAX = 120
export const OWNER_EMAIL_LENGTH_MAX = 254

/** First path segments that the server or the web app own; no tenant may take one. Tested against the routes. */
export const RESERVED_TENANT_KEYS = [
  'api',
  'assets',
  'healthz',
  'metrics',
  'operator',
  'readyz',
  'sign-in',
  'sign-out',
  'sign-up',
  'trpc',
  'welcome',
  'widget',
  'workspaces',
] as const

export const TenantKey = z
  .string()
  .regex(TENANT_KEY_PATTERN)
  .refine((key) => !(RESERVED_TENANT_KEYS as readonly string[]).includes(key), {
    error: 'This key is reserved. Choose another.',
  })
export type TenantKey = z.infer<typeof TenantKey>

export const CreateTenantInput = z.strictObject({
  tenantKey: TenantKey,
  name: z.string().trim().min(1).max(TENANT_NAME_LENGTH_MAX),
  ownerEmail: z.string().trim().max(OWNER_EMAIL_LENGTH_MAX).pipe(z.email()),
})
export type CreateTenantInput = z.infer<typeof CreateTenantInput>
