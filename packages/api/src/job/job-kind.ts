import type { TenantTables } from '@sarai/db'
import type { Transaction } from 'kysely'
import type { ZodType } from 'zod'
import type { AuditContext } from '../audit/write-audit.ts'
import type { RecordChange } from '../change/transact.ts'
import type { Access } from '../permission/access.ts'
import type { Permission } from '../permission/schema.ts'

/** One chunk of a job, inside the transaction that also writes down how far it has come. */
export interface JobChunk<Input, Position> {
  trx: Transaction<TenantTables>
  record: RecordChange
  jobId: string
  input: Input
  /** What the chunk before it gave; null for the first one. */
  position: Position | null
  /** Settled by the chunks before it. */
  done: number
  refused: number
  total: number | null
  undoOf: string | null
  /** What whoever asked for it may do now. */
  access: Access
  /** In whose name it is written down. */
  audit: AuditContext
}

export interface ChunkDone<Position> {
  position: Position
  /** Rows that this chunk settled, the refused ones among them. */
  done?: number
  refused?: number
  /** When it becomes known. */
  total?: number
  isLast: boolean
}

export type JobEnd = 'done' | 'cancelled' | 'failed'

/**
 * A kind of work that is done in the background. `step` does one chunk and is called until it says `isLast`. Its
 * transaction commits what it did together with the position it returns: cut off anywhere, by whatever, the work goes
 * on behind the last chunk that was committed, in this process or another, and does nothing twice.
 *
 * Keep a chunk below a second: its locks are what others wait for. It may run again from the beginning (a deadlock),
 * so it does nothing but SQL.
 */
export interface JobDefinition<Input, Position> {
  /** `entity.verb`. */
  kind: string
  input: ZodType<Input>
  position: ZodType<Position>
  /** Whoever asked must still have it at each chunk; without it the job fails with FORBIDDEN. */
  permission: (input: Input) => Permission
  step: (chunk: JobChunk<Input, Position>) => Promise<ChunkDone<Position>>
  /** Once, in the transaction that ends it: the audit entry, what all others should hear. Gives the job's `result`. */
  finish?: (chunk: JobChunk<Input, Position>, end: JobEnd) => Promise<object | null>
  /** The kind of the job that takes back what one of this kind did. Its input is that one's, and `undoOf` says which it was. */
  undoneBy?: string
}

/** A definition with its types closed over, as the runner uses it. */
export interface JobKind {
  kind: string
  undoneBy: string | undefined
  permission(input: object): Permission
  step(chunk: JobChunk<object, object>): Promise<ChunkDone<object>>
  finish(chunk: JobChunk<object, object>, end: JobEnd): Promise<object | null>
}

export function defineJobKind<Input extends object, Position extends object>(
  definition: JobDefinition<Input, Position>,
): JobKind {
  const { kind, input, position, permission, step, finish, undoneBy } = definition
  const read = (chunk: JobChunk<object, object>): JobChunk<Input, Position> => ({
    ...chunk,
    input: input.parse(chunk.input),
    position: chunk.position && position.parse(chunk.position),
  })
  return {
    kind,
    undoneBy,
    permission: (stored) => permission(input.parse(stored)),
    step: (chunk) => step(read(chunk)),
    finish: async (chunk, end) => (finish ? finish(read(chunk), end) : null),
  }
}
