import { z } from 'zod'
import { writeAudit } from '../audit/write-audit.ts'
import { DomainError } from '../errors.ts'
import { type ChunkDone, defineJobKind, type JobChunk } from '../job/job-kind.ts'
import { findPeople, rememberPeople } from './find-people.ts'
import { loadPlan, readCandidates } from './load-plan.ts'
import type { ImportCounts, ImportResult } from './model.ts'
import { planRows } from './plan-rows.ts'
import { IMPORT_DATE_ORDERS, IMPORT_DUPLICATES, ImportMapping } from './schema.ts'
import { type SettledRow, toJobItem } from './settled-row.ts'
import { findUnchanged } from './update-customers.ts'
import { writeRows } from './write-rows.ts'

/** Rows of one chunk, which is one transaction. */
export const IMPORT_CHUNK_ROWS = 200

export const IMPORT_KIND = 'customer.import'
export const CHECK_KIND = 'customer.import-check'
export const UNDO_KIND = 'customer.import-undo'

/** What a job is asked to do. Not strict: what an older version wrote is still read. */
export const ImportJobInput = z.object({
  importId: z.uuid(),
  fileName: z.string(),
  mapping: ImportMapping,
  dateOrder: z.enum(IMPORT_DATE_ORDERS).optional(),
  onDuplicate: z.enum(IMPORT_DUPLICATES),
})
export type ImportJobInput = z.infer<typeof ImportJobInput>

const NONE: ImportCounts = { created: 0, updated: 0, same: 0, skipped: 0, refused: 0 }
const Position = z.object({
  afterRow: z.int(),
  counts: z.object({
    created: z.int(),
    updated: z.int(),
    same: z.int(),
    skipped: z.int(),
    refused: z.int(),
  }),
})
type Position = z.infer<typeof Position>
type Chunk = JobChunk<ImportJobInput, Position>

/** Says what an import would do, by the same rules, and writes nothing but that. */
export const CHECK_IMPORT = defineJobKind({
  kind: CHECK_KIND,
  input: ImportJobInput,
  position: Position,
  permission: () => 'customer:import',
  async step(chunk) {
    const { trx, jobId, input } = chunk
    const { candidates, plan } = await nextRows(chunk)
    const known = await findPeople(trx, { candidates, checkJobId: jobId })
    const planned = planRows(candidates, known, { ...plan, onDuplicate: input.onDuplicate })
    const people = planned.flatMap(({ outcome, person }) =>
      person && (outcome === 'created' || outcome === 'updated') ? [person] : [],
    )
    await rememberPeople(trx, { jobId, people })
    const unchanged = await findUnchanged(
      trx,
      planned.filter(({ outcome }) => outcome === 'updated'),
    )
    const settled = planned.map(({ candidate, outcome, reason, problems, person }) => ({
      rowNumber: candidate.rowNumber,
      outcome: unchanged.has(candidate.rowNumber) ? ('same' as const) : outcome,
      reason,
      entityId: person?.isCustomer ? person.id : null,
      details: problems.length > 0 ? { problems } : null,
    }))
    return settle(chunk, settled, { kept: settled.filter(({ outcome }) => outcome === 'refused') })
  },
  finish: async (chunk) => resultOf(chunk),
})

/** Makes and changes customers, row by row. */
export const IMPORT_CUSTOMERS = defineJobKind({
  kind: IMPORT_KIND,
  undoneBy: UNDO_KIND,
  input: ImportJobInput,
  position: Position,
  permission: () => 'customer:import',
  async step(chunk) {
    const { trx, input, audit } = chunk
    const { candidates, plan } = await nextRows(chunk)
    const settled = await writeRows(trx, candidates, {
      ...plan,
      onDuplicate: input.onDuplicate,
      userId: audit.user.id,
      fileName: input.fileName,
    })
    return settle(chunk, settled, { kept: settled })
  },
  finish: finishImport,
})

async function finishImport(chunk: Chunk): Promise<ImportResult> {
  const { trx, record, audit, input, jobId } = chunk
  const result = resultOf(chunk)
  const count = result.created + result.updated
  await writeAudit(trx, audit, { action: 'customer.imported', after: { name: input.fileName, count } })
  // Once for all of them: each by itself would make every open list read thousands.
  if (count > 0) record({ kind: 'customer.configured', entityId: jobId })
  return result
}

function resultOf({ input, position }: Pick<Chunk, 'input' | 'position'>): ImportResult {
  return { importId: input.importId, ...NONE, ...position?.counts }
}

async function nextRows({ trx, input, position }: Chunk) {
  const plan = await loadPlan(trx, input)
  const file = await trx
    .selectFrom('imports')
    .select('cleared_at')
    .where('id', '=', input.importId)
    .executeTakeFirst()
  if (!file || file.cleared_at !== null)
    throw new DomainError('NOT_FOUND', 'The rows of this file have been deleted. Upload it again.')
  const place = {
    importId: input.importId,
    afterRow: position?.afterRow ?? 0,
    limit: IMPORT_CHUNK_ROWS,
  }
  return { plan, candidates: await readCandidates(trx, place, plan) }
}

/** Writes down what became of the rows, with the position behind them. */
async function settle(
  { trx, jobId, position }: Chunk,
  settled: readonly SettledRow[],
  { kept }: { kept: readonly SettledRow[] },
): Promise<ChunkDone<Position>> {
  if (kept.length > 0)
    await trx
      .insertInto('job_items')
      .values(kept.map((row) => toJobItem(jobId, row)))
      .execute()
  const counts = { ...NONE, ...position?.counts }
  for (const { outcome } of settled) counts[outcome]++
  return {
    position: { afterRow: settled.at(-1)?.rowNumber ?? position?.afterRow ?? 0, counts },
    done: settled.length,
    refused: settled.filter(({ outcome }) => outcome === 'refused').length,
    isLast: settled.length < IMPORT_CHUNK_ROWS,
  }
}
