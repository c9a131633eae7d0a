import { z } from 'zod'
import { CreateUserInput, EMAIL_LENGTH_MAX } from '../auth/schema.ts'
import { CreateTenantInput, TENANT_KEY_PATTERN, TenantKey } from '../tenant/schema.ts'

export const TENANT_LIST_LIMIT_MAX = 100
export const TENANT_LIST_LIMIT_DEFAULT = 50
export const TENANT_SEARCH_LENGTH_MAX = 100

/** As the control plane names them. */
export const TENANT_STATUSES = ['provisioning', 'active', 'migrating', 'suspended', 'archived'] as const

/** Not TenantKey: a key that is reserved today may have been given away before. */
const requestedKey = z.string().regex(TENANT_KEY_PATTERN)

/** By what tenants are listed: ascending, or with a minus descending. Those without a figure come last either way. */
export const TENANT_SORT_COLUMNS = [
  'key',
  'size',
  'activity',
  'written',
  'load',
  'schema',
  'created',
] as const
export type TenantSortColumn = (typeof TENANT_SORT_COLUMNS)[number]
const TenantSort = z.enum(TENANT_SORT_COLUMNS.flatMap((column) => [column, `-${column}`] as const))

export const ListTenantsInput = z
  .strictObject({
    search: z.string().trim().max(TENANT_SEARCH_LENGTH_MAX).optional(),
    status: z.enum(TENANT_STATUSES).optional(),
    /** Those alone whose schema is older than the newest one. */
    isBehind: z.boolean().optional(),
    /** Default: by key. */
    sort: TenantSort.optional(),
    /** As the page before has given it: the key of its last tenant, or `~` and how many have been shown. */
    cursor: z
      .string()
      .regex(/^([a-z][a-z0-9-]{1,30}[a-z0-9]|~\d{1,6})$/)
      .nullish(),
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

/** The key is typed twice, by hand: there is no way back. */
export const DeleteTenantInput = TenantKeyInput.extend({ confirmedKey: requestedKey }).refine(
  ({ tenantKey, confirmedKey }) => tenantKey === confirmedKey,
  { path: ['confirmedKey'], error: 'This is not the key of the workspace.' },
)
export type DeleteTenantInput = z.infer<typeof DeleteTenantInput>

export const USER_LIST_LIMIT_MAX = 100
export const USER_LIST_LIMIT_DEFAULT = 50
export const USER_SEARCH_LENGTH_MAX = 100

const email = CreateUserInput.shape.email

export const ListUsersInput = z
  .strictObject({
    search: z.string().trim().max(USER_SEARCH_LENGTH_MAX).optional(),
    operatorsAlone: z.boolean().optional(),
    /** The e-mail of the last user of the page before. */
    cursor: z.string().max(EMAIL_LENGTH_MAX).nullish(),
    limit: z.int().min(1).max(USER_LIST_LIMIT_MAX).optional(),
  })
  .optional()
export type ListUsersInput = z.infer<typeof ListUsersInput>

export const CreatePersonInput = CreateUserInput.pick({ name: true, email: true })
export type CreatePersonInput = z.infer<typeof CreatePersonInput>

export const SetOperatorInput = z.strictObject({ email, isOperator: z.boolean() })

/** Of an archive that comes through the page: in the ten minutes that a file may take to arrive, 3.6 MB a second. */
export const ARCHIVE_UPLOAD_BYTES_MAX = 2 * 1024 ** 3
/** How long the archive of an export can be fetched. */
export const ARCHIVE_KEPT_HOURS = 24

const { name: tenantName, ownerEmail } = CreateTenantInput.shape
/** The tenant that is made. Left out: the name that the other one has, and the members alone whom the archive has. */
const into = { intoKey: TenantKey, name: tenantName.optional(), ownerEmail: ownerEmail.optional() }

export const CloneTenantInput = z.strictObject({ tenantKey: requestedKey, ...into })
export type CloneTenantInput = z.infer<typeof CloneTenantInput>

/** Beside the bytes of an archive. */
export const ImportTenantInput = z.strictObject(into)
export type ImportTenantInput = z.infer<typeof ImportTenantInput>

export const TransferIdInput = z.strictObject({ transferId: z.uuid() })
export type TransferIdInput = z.infer<typeof TransferIdInput>

export const ListTransfersInput = z
  .strictObject({
    /** From or into this one. */
    tenantKey: requestedKey.optional(),
    /** The id of the last one of the page before. */
    cursor: z.uuid().nullish(),
  })
  .optional()
export type ListTransfersInput = z.infer<typeof ListTransfersInput>
