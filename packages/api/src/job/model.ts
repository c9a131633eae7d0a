import type { JobRow, JobState } from '@sarai/db'
import type { WireErrorCode } from '../errors.ts'

/** A job as it crosses the wire. */
export interface Job {
  id: string
  kind: string
  state: JobState
  /** Somebody has asked to stop it; the chunk at work is finished first. */
  isCancelling: boolean
  /** What it was asked to do: the words of its kind, without lists of ids. */
  input: object
  done: number
  refused: number
  /** null: not known yet. */
  total: number | null
  result: object | null
  failure: JobFailure | null
  /** Its work can be taken back, and nobody has; or it was begun, but not to the end. */
  canUndo: boolean
  undoOf: string | null
  createdAt: string
  finishedAt: string | null
}

export interface JobFailure {
  /** INTERNAL: a fault of ours. */
  code: WireErrorCode | 'INTERNAL'
  userMessage: string
}

/** A row that a job could not do. */
export interface RefusedItem {
  position: number
  /** A word that the interface translates. */
  reason: string
  /** The customer it is about, if there is one. */
  entity: { id: string; name: string } | null
  details: object | null
}

export function toJob(row: JobRow, { canUndo }: { canUndo: boolean }): Job {
  return {
    id: row.id,
    kind: row.kind,
    state: row.state,
    isCancelling: row.cancel_requested_at !== null && row.finished_at === null,
    input: withoutIds(row.input),
    done: row.done,
    refused: row.refused,
    total: row.total,
    result: row.result,
    failure: row.failure as JobFailure | null,
    canUndo,
    undoOf: row.undo_of,
    createdAt: row.created_at.toISOString(),
    finishedAt: row.finished_at?.toISOString() ?? null,
  }
}

/** Progress is asked for every second: thousands of ids need not come each time. */
function withoutIds(input: object): object {
  return Object.fromEntries(Object.entries(input).filter(([name]) => !/ids$/i.test(name)))
}
