/** What a TenantRecord is read from; a join may bring more tables. */
export const TENANT_RECORD_COLUMNS = [
  'tenants.id',
  'tenants.tenant_key as tenantKey',
  'tenants.name',
  'tenants.status',
  'tenants.schema_version as schemaVersion',
  'tenants.created_at as createdAt',
] as const
