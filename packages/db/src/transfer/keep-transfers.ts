import { setTimeout as sleep } from 'node:timers/promises'
import { DatabaseError } from '../errors.ts'
import type { Installation } from '../installation.ts'
import { cancelTransfer } from './cancel-transfer.ts'
import { findTransfer, listStaleArchives, listTransfers } from './read-transfers.ts'
import { recordBeat, recordBegin, recordEnd, type TransferEnd } from './record-transfer.ts'
import { sweepTransfers } from './sweep-transfers.ts'
import {
  type RunningTransfer,
  TRANSFER_HEARTBEAT_MS,
  type TransferFailure,
  type TransferProgress,
  type Transfers,
} from './transfers.ts'

export interface TransferKeeper extends Transfers {
  /** Those of this process are ended; resolves when what they had made is away and recorded, or after `graceMs`. */
  close(graceMs: number): Promise<void>
}

const STOPPED: TransferFailure = {
  code: 'STOPPED',
  message: 'The process that was at it was stopped. What it had made was taken away.',
}

/** The transfers that this process has in its hands, and the records of all. */
export function keepTransfers(installation: Installation): TransferKeeper {
  const { master } = installation
  const closing = new AbortController()
  const running = new Set<Promise<unknown>>()
  return {
    async begin(input, work, describeFailure) {
      if (closing.signal.aborted) throw new DatabaseError('CLOSED', 'this process is stopping')
      const id = await recordBegin(installation, input)
      const signals = input.signal ? [input.signal, closing.signal] : [closing.signal]
      const toEnd = (error: unknown): TransferEnd =>
        closing.signal.aborted ? { state: 'failed', failure: STOPPED } : describe(error, describeFailure)
      const ended = run(installation, { id, signals, work, toEnd })
      running.add(ended)
      // Whoever began it may not wait for the end.
      ended.catch(() => undefined).finally(() => running.delete(ended))
      return { id, ended }
    },
    list: (input) => listTransfers(installation, input),
    find: (id) => findTransfer(installation, id),
    cancel: (id) => cancelTransfer(installation, id),
    async setArchiveUntil(id, until) {
      await master
        .updateTable('tenant_transfers')
        .set({ archive_until: until })
        .where('id', '=', id)
        .execute()
    },
    listStaleArchives: (now) => listStaleArchives(installation, now),
    sweep: (now = new Date()) => sweepTransfers(installation, now),
    async close(graceMs) {
      closing.abort()
      if (running.size === 0) return
      const late = new AbortController()
      const waited = sleep(graceMs, undefined, { signal: late.signal }).catch(() => undefined)
      await Promise.race([Promise.allSettled(running), waited])
      late.abort()
    },
  }
}

function describe(error: unknown, describeFailure: (error: unknown) => TransferFailure): TransferEnd {
  const isCancelled = error instanceof DatabaseError && error.code === 'ABORTED'
  return isCancelled ? { state: 'cancelled' } : { state: 'failed', failure: describeFailure(error) }
}

interface Run<Result> {
  id: string
  signals: AbortSignal[]
  work: (transfer: RunningTransfer) => Promise<Result>
  toEnd: (error: unknown) => TransferEnd
}

async function run<Result extends object>(
  installation: Installation,
  { id, signals, work, toEnd }: Run<Result>,
): Promise<Result> {
  const heart = startHeart(installation, id)
  const signal = AbortSignal.any([...signals, heart.signal])
  try {
    const result = await work({ id, signal, tell: heart.tell })
    heart.stop()
    await recordEnd(installation, id, { state: 'done', result })
    return result
  } catch (error) {
    heart.stop()
    // Not recorded, it is found to be cut off and ended by whoever sweeps next.
    await recordEnd(installation, id, toEnd(error)).catch(() => undefined)
    throw error
  }
}

/** A beat that cannot be written is left out: nothing is known of a wish meanwhile; the next one asks again. */
function startHeart(installation: Installation, id: string) {
  const stopping = new AbortController()
  let latest: TransferProgress | undefined
  const beat = async () => {
    const mayGoOn = await recordBeat(installation, id, latest).catch(() => true)
    if (!mayGoOn) stopping.abort(new DatabaseError('ABORTED', 'it was cancelled'))
  }
  const timer = setInterval(() => void beat(), TRANSFER_HEARTBEAT_MS).unref()
  return {
    signal: stopping.signal,
    stop: () => clearInterval(timer),
    tell(progress: TransferProgress): void | Promise<void> {
      const isNewStep = progress.step !== latest?.step
      latest = progress
      return isNewStep ? beat() : undefined
    },
  }
}
