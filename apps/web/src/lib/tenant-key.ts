/** The same rule as TENANT_KEY_PATTERN in @sarai/api/tenant/schema, without zod in the first load; tested to be equal. */
export const TENANT_KEY_PATTERN = /^[a-z][a-z0-9-]{1,30}[a-z0-9]$/
