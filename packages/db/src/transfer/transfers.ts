import type { TransferKind, TransferState } from '../master/tenant-transfers-table.ts'

/** Of the whole installation at the same time: each holds a connection and a file for minutes. */
export const TRANSFERS_RUNNING_MAX = 4
/** While a transfer runs it says so this often, and looks whether somebody has cancelled it. */
export const TRANSFER_HEARTBEAT_MS = 1_000
/** Silent for so long, its process has gone. */
export const TRANSFER_UNHEARD_SECONDS = 60
/** What came of it can be read for so long. */
export const TRANSFERS_KEPT_DAYS = 90
export const TRANSFERS_LISTED_MAX = 50

export interface NewTransfer {
  kind: TransferKind
  /** The tenant that is exported or copied. */
  fromKey?: string | undefined
  /** The tenant that is made. */
  intoKey?: string | undefined
  /** Who asked; `id` null at the command line. */
  requester: { id: string | null; name: string }
  /** Cancels it as somebody elsewhere would. */
  signal?: AbortSignal | undefined
}

export interface TransferProgress {
  step: string
  table: string | null
  done: number
  /** null: not known. */
  total: number | null
}

/** A transfer in the hands of this process. */
export interface RunningTransfer {
  readonly id: string
  /** Aborted when somebody has cancelled it, in whichever process, or when this one stops. */
  readonly signal: AbortSignal
  /** Recorded with the next beat; the beginning of a step at once, and then it is waited for. */
  tell(progress: TransferProgress): void | Promise<void>
}

/** Why it failed: a code of whoever did it, or `CUT_OFF`, and words for an operator. */
export interface TransferFailure {
  code: string
  message: string
}

/** The failure of one whose process has gone. */
export const CUT_OFF: TransferFailure = {
  code: 'CUT_OFF',
  message: 'The process that was at it has gone. What it had made was taken away.',
}

export interface TransferStatus {
  id: string
  kind: TransferKind
  state: TransferState
  fromKey: string | null
  intoKey: string | null
  requester: string
  progress: TransferProgress | null
  /** As whoever did it has given it. */
  result: unknown
  failure: TransferFailure | null
  /** Until when its archive is kept in the file store. */
  archiveUntil: Date | null
  cancelAskedAt: Date | null
  /** It runs by its record, and has not been heard of for TRANSFER_UNHEARD_SECONDS. */
  isCutOff: boolean
  startedAt: Date
  endedAt: Date | null
}

export interface ListTransfersInput {
  /** From or into this tenant. */
  tenantKey?: string | undefined
  state?: TransferState | undefined
  /** The id of the last one of the page before. */
  after?: string | undefined
}

/** Long acts on a whole tenant, recorded in the control plane: seen and cancelled from any process. */
export interface Transfers {
  /**
   * Records a transfer and begins `work`. Resolves when it is recorded; `ended` settles as `work` does, once the end is
   * recorded. Whatever `work` made when it is cancelled or fails, it takes away itself; what a process that was killed
   * has left, `sweep` takes away.
   *
   * SQL: an INSERT; each second (TRANSFER_HEARTBEAT_MS) an UPDATE and a SELECT by primary key.
   *
   * @example
   * const { ended } = await database.transfers.begin({ kind: 'export', fromKey: 'rabin', requester }, ({ signal, tell }) =>
   *   database.exportTenant('rabin', { path, signal, onProgress: tell }))
   *
   * @throws TransferRefused, before anything is begun
   */
  begin<Result extends object>(
    input: NewTransfer,
    work: (transfer: RunningTransfer) => Promise<Result>,
    describeFailure: (error: unknown) => TransferFailure,
  ): Promise<{ id: string; ended: Promise<Result> }>

  /** The newest first, at most TRANSFERS_LISTED_MAX (50). */
  list(input?: ListTransfersInput): Promise<TransferStatus[]>

  find(id: string): Promise<TransferStatus | undefined>

  /**
   * Asks for its end, in whichever process it runs: effective within about a second. One whose process has gone is ended
   * at once.
   *
   * @returns whether it was running
   */
  cancel(id: string): Promise<boolean>

  /** Says that its archive is in the file store, or about to be, until then; null: that it has gone. */
  setArchiveUntil(id: string, until: Date | null): Promise<void>

  /** Exports whose archive is to be removed from the file store by now: too old, or of one that did not end well. */
  listStaleArchives(now: Date): Promise<string[]>

  /**
   * Ends what processes that have gone had begun: the tenant that was being made is dropped, unless it is whole and open.
   * Forgets what is older than TRANSFERS_KEPT_DAYS (90). Several processes may do it at once; never throws for the sake
   * of one.
   *
   * @returns the ids of those that were ended
   */
  sweep(now?: Date): Promise<string[]>
}

/** Why a transfer was not begun. `too-many`: TRANSFERS_RUNNING_MAX run already; `same-key`: one into this key does. */
export class TransferRefused extends Error {
  readonly reason: 'too-many' | 'same-key'

  constructor(reason: TransferRefused['reason']) {
    super(`a transfer was refused: ${reason}`)
    this.name = 'TransferRefused'
    this.reason = reason
  }
}
