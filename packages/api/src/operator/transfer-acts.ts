import type { Readable } from 'node:stream'
import { type Database, DatabaseError, TRANSFERS_LISTED_MAX, type TransferStatus } from '@sarai/db'
import { writeInstallationAudit } from '../audit/write-audit.ts'
import type { Context } from '../context.ts'
import { requireOperator } from '../enter.ts'
import { DomainError } from '../errors.ts'
import { readArchive, removeArchive } from './archive-store.ts'
import type { Acting } from './audited.ts'
import { type ListTransfersInput, TransferIdInput } from './schema.ts'
import type { BegunTransfer, Transferring } from './transfer.ts'
import type { CopyResult, ExportResult } from './transfer-work.ts'

export interface Transfer extends Omit<TransferStatus, 'result'> {
  exported: ExportResult | null
  copied: CopyResult | null
}

/** The newest first, of the whole installation or of one tenant. */
export async function listTransfers(
  { transfers }: Pick<Database, 'transfers'>,
  { tenantKey, cursor }: NonNullable<ListTransfersInput> = {},
): Promise<{ items: Transfer[]; nextCursor: string | null }> {
  const found = await transfers.list({ tenantKey, after: cursor ?? undefined })
  const isFull = found.length === TRANSFERS_LISTED_MAX
  return { items: found.map(toTransfer), nextCursor: isFull ? (found.at(-1)?.id ?? null) : null }
}

/** @throws DomainError NOT_FOUND */
export async function getTransfer(
  { transfers }: Pick<Database, 'transfers'>,
  { transferId }: TransferIdInput,
): Promise<Transfer> {
  const found = await transfers.find(transferId)
  if (!found) throw unknownTransfer()
  return toTransfer(found)
}

/** Written by this program alone; one that was ended for a process that had gone has none. */
function toTransfer({ result, ...transfer }: TransferStatus): Transfer {
  const isEmpty = result === null || Object.keys(result as object).length === 0
  const isExport = transfer.kind === 'export'
  return {
    ...transfer,
    exported: isExport && !isEmpty ? (result as ExportResult) : null,
    copied: !isExport && !isEmpty ? (result as CopyResult) : null,
  }
}

function unknownTransfer(): DomainError {
  return new DomainError('NOT_FOUND', 'There is no such export, import or copy any more.')
}

/** For a page: it goes on in the background, where only its record and a log hear of what becomes of it. */
export async function followInBackground(
  ctx: Transferring & Pick<Context, 'log'>,
  begun: Promise<BegunTransfer<unknown>>,
): Promise<Transfer> {
  const { id, ended } = await begun
  ended.catch((error: unknown) => {
    if (error instanceof DatabaseError && error.code === 'ABORTED') return
    ctx.log.warn({ err: error, transfer: id }, 'a transfer of a tenant failed')
  })
  return getTransfer(ctx.database, { transferId: id })
}

/**
 * Cancels what runs in whichever process.
 *
 * @throws DomainError NOT_FOUND; CONFLICT with `reason: 'ended'` in its details
 */
export async function cancelAudited(ctx: Acting, { transferId }: TransferIdInput): Promise<Transfer> {
  const transfer = await getTransfer(ctx.database, { transferId })
  if (!(await ctx.database.transfers.cancel(transferId))) {
    throw new DomainError('CONFLICT', 'It has ended already. There is nothing to cancel.', {
      details: { reason: 'ended' },
    })
  }
  await audit(ctx, 'transfer.cancelled', transfer)
  return getTransfer(ctx.database, { transferId })
}

/** Before its time is over. Twice is the same as once. @throws DomainError NOT_FOUND */
export async function removeArchiveAudited(
  ctx: Transferring,
  { transferId }: TransferIdInput,
): Promise<Transfer> {
  const transfer = await getTransfer(ctx.database, { transferId })
  if (transfer.state === 'running') throw unknownTransfer()
  await removeArchive({ database: ctx.database, store: ctx.files.store }, transferId)
  if (transfer.archiveUntil !== null) await audit(ctx, 'archive.removed', transfer)
  return getTransfer(ctx.database, { transferId })
}

export interface OpenedArchive {
  name: string
  bytes: number
  /** Hex. */
  sha256: string
  content: Readable
}

/**
 * The archive of an export, for operators. Written down before the first byte.
 *
 * @throws DomainError UNAUTHENTICATED, FORBIDDEN; NOT_FOUND for anything that is no archive, or no longer
 */
export async function openTenantArchive(ctx: Context, requestedId: string): Promise<OpenedArchive> {
  const { user } = await requireOperator(ctx)
  const parsed = TransferIdInput.safeParse({ transferId: requestedId })
  if (!parsed.success) throw unknownTransfer()
  const transfer = await getTransfer(ctx.database, parsed.data)
  const { archiveUntil, exported, state, endedAt, fromKey } = transfer
  const isKept = state === 'done' && archiveUntil !== null && archiveUntil > new Date()
  const content = isKept ? await readArchive(ctx.files.store, transfer.id) : undefined
  if (!content || !exported?.archive) throw unknownTransfer()
  await audit({ ...ctx, user }, 'archive.downloaded', transfer)
  const day = (endedAt ?? archiveUntil ?? new Date()).toISOString().slice(0, 10)
  return { name: `${fromKey}-${day}.zip`, ...exported.archive, content }
}

async function audit(
  ctx: Acting,
  action: 'transfer.cancelled' | 'archive.downloaded' | 'archive.removed',
  { id, kind, fromKey, intoKey }: Transfer,
): Promise<void> {
  const keys = [fromKey, intoKey].filter((key) => key !== null)
  const entity = { id, name: `${keys.join(' → ')} (${kind})` }
  await writeInstallationAudit(ctx.database.master, ctx, { action, entity })
}
