import { join } from 'node:path'
import {
  DatabaseError,
  type ImportedTenant,
  type NewTransfer,
  type RunningTransfer,
  TransferRefused,
  TRANSFERS_RUNNING_MAX,
} from '@sarai/db'
import type { AuditEntry } from '../audit/write-audit.ts'
import type { InstallationAuditAction } from '../audit/schema.ts'
import type { Context } from '../context.ts'
import { DomainError } from '../errors.ts'
import { keepArchive, makeArchiveFolder } from './archive-store.ts'
import { type Acting, auditedAct, nameTenant } from './audited.ts'
import type { CloneTenantInput, ImportTenantInput, TenantKeyInput } from './schema.ts'
import {
  cloneFrom,
  describeCopy,
  describeFailure,
  exportTo,
  type ExportResult,
  findOwnerId,
  importFrom,
  type WorkOptions,
} from './transfer-work.ts'

/** Who may begin one, from either face. */
export type Transferring = Acting & Pick<Context, 'files'>

/** How it is watched and cancelled by whoever waits for it. */
export interface Waiting extends WorkOptions {
  signal?: AbortSignal | undefined
}

export interface BegunTransfer<Result> {
  id: string
  /** Once it is written down. @throws what it failed of; DatabaseError ABORTED if it was cancelled */
  ended: Promise<Result>
}

/**
 * An archive of a tenant in the file store, from where it can be fetched for ARCHIVE_KEPT_HOURS.
 *
 * @throws DatabaseError TENANT_UNKNOWN; DomainError CONFLICT with `reason` in its details: `not-made`, `too-many`
 */
export async function beginExport(
  ctx: Transferring,
  { tenantKey }: TenantKeyInput,
  waiting: Waiting = {},
): Promise<BegunTransfer<ExportResult>> {
  const work = async (transfer: RunningTransfer) => {
    await using folder = await makeArchiveFolder()
    const path = join(folder.path, 'tenant.zip')
    const result = await exportTo(ctx, transfer, { ...waiting, tenantKey, path })
    const { database, files } = ctx
    return { ...result, archive: await keepArchive({ database, store: files.store }, transfer, path) }
  }
  return beginExportWith(ctx, { tenantKey, waiting, work })
}

/** The same into a file of this machine that is not there yet. */
export async function beginExportToFile(
  ctx: Transferring,
  { tenantKey, path }: TenantKeyInput & { path: string },
  waiting: Waiting = {},
): Promise<BegunTransfer<ExportResult>> {
  const work = (transfer: RunningTransfer) => exportTo(ctx, transfer, { ...waiting, tenantKey, path })
  return beginExportWith(ctx, { tenantKey, waiting, work })
}

interface ExportWork {
  tenantKey: string
  waiting: Waiting
  work: (transfer: RunningTransfer) => Promise<ExportResult>
}

async function beginExportWith(
  ctx: Transferring,
  { tenantKey, waiting: { signal }, work }: ExportWork,
): Promise<BegunTransfer<ExportResult>> {
  await requireMade(ctx, tenantKey)
  return begin(
    ctx,
    { kind: 'export', fromKey: tenantKey, signal },
    {
      work,
      toEntry: async ({ rows, files }) => ({
        action: 'tenant.exported',
        entity: await nameTenant(ctx.database, tenantKey),
        after: { rows, files },
      }),
    },
  )
}

/**
 * Another tenant with the same rows and files.
 *
 * @throws as beginExport; DatabaseError TENANT_EXISTS; DomainError NOT_FOUND for an owner whom nobody knows; CONFLICT with
 * `reason: 'same-key'` while another transfer makes a tenant of this key
 */
export async function beginClone(
  ctx: Transferring,
  { tenantKey, intoKey, name, ownerEmail }: CloneTenantInput,
  waiting: Waiting = {},
): Promise<BegunTransfer<ImportedTenant>> {
  await requireMade(ctx, tenantKey)
  const ownerId = await prepareInto(ctx, { intoKey, ownerEmail })
  const { signal } = waiting
  return begin(
    ctx,
    { kind: 'clone', fromKey: tenantKey, intoKey, signal },
    {
      work: (transfer) => cloneFrom(ctx, transfer, { ...waiting, tenantKey, intoKey, name, ownerId }),
      toResult: describeCopy,
      toEntry: ({ tenant, rows }) => ({
        ...toEntry('tenant.cloned', tenant),
        after: { from: tenantKey, rows },
      }),
    },
  )
}

/**
 * A tenant of an archive that lies on this machine's disk.
 *
 * @throws as beginClone. What is wrong with the archive is told by `ended`
 */
export async function beginImport(
  ctx: Transferring,
  { path, intoKey, name, ownerEmail }: ImportTenantInput & { path: string },
  waiting: Waiting = {},
): Promise<BegunTransfer<ImportedTenant>> {
  const ownerId = await prepareInto(ctx, { intoKey, ownerEmail })
  const { signal } = waiting
  return begin(
    ctx,
    { kind: 'import', intoKey, signal },
    {
      work: (transfer) => importFrom(ctx, transfer, { ...waiting, path, intoKey, name, ownerId }),
      toResult: describeCopy,
      toEntry: ({ tenant, rows }) => ({ ...toEntry('tenant.imported', tenant), after: { rows } }),
    },
  )
}

/** Refused before a byte of an archive is sent or read. @returns who shall own it, if somebody is named */
export async function prepareInto(
  ctx: Transferring,
  { intoKey, ownerEmail }: Pick<ImportTenantInput, 'intoKey' | 'ownerEmail'>,
): Promise<string | undefined> {
  if (await ctx.database.findTenant(intoKey))
    throw new DatabaseError('TENANT_EXISTS', 'another tenant has this key', { tenant: intoKey })
  return findOwnerId(ctx, ownerEmail)
}

async function requireMade({ database }: Transferring, tenantKey: string): Promise<void> {
  const { status } = await database.getTenant(tenantKey)
  if (status !== 'provisioning') return
  throw new DomainError('CONFLICT', 'This workspace is still being made. Wait until it is.', {
    details: { reason: 'not-made' },
  })
}

function toEntry<Action>(action: Action, { id, name, tenantKey }: ImportedTenant['tenant']) {
  return { action, entity: { id, name: `${name} (${tenantKey})` } }
}

interface Work<Done extends object> {
  work: (transfer: RunningTransfer) => Promise<Done>
  /** What is recorded of it; default: all. */
  toResult?: (done: Done) => object
  toEntry: (done: Done) => AuditEntry<InstallationAuditAction> | Promise<AuditEntry<InstallationAuditAction>>
}

async function begin<Done extends object>(
  ctx: Transferring,
  transfer: Omit<NewTransfer, 'requester'>,
  { work, toResult = (done) => done, toEntry: describe }: Work<Done>,
): Promise<BegunTransfer<Done>> {
  const done = Promise.withResolvers<Done>()
  const requester = { id: ctx.user.id, name: ctx.user.name }
  const { id, ended } = await ctx.database.transfers
    .begin(
      { ...transfer, requester },
      async (running) => {
        const outcome = await work(running)
        done.resolve(outcome)
        return toResult(outcome)
      },
      describeFailure,
    )
    .catch(explainRefusal)
  const outcome = ended.then(() => done.promise)
  return { id, ended: auditedAct(ctx, outcome, describe) }
}

function explainRefusal(error: unknown): never {
  if (!(error instanceof TransferRefused)) throw error
  const { reason } = error
  const userMessage =
    reason === 'too-many'
      ? `At most ${TRANSFERS_RUNNING_MAX} exports, imports and copies run at once. Wait for one, or cancel one.`
      : 'A workspace with this key is being made right now.'
  throw new DomainError('CONFLICT', userMessage, { details: { reason } })
}
