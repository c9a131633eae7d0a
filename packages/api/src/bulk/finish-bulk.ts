import type { AuditAction } from '../audit/schema.ts'
import { writeAudit } from '../audit/write-audit.ts'
import type { JobChunk } from '../job/job-kind.ts'
import { countChanged } from './undo-targets.ts'

/** One audit entry for all of it, and one word to every open list. */
export async function finishBulk(
  { trx, jobId, undoOf, audit, record }: JobChunk<object, object>,
  action: AuditAction,
): Promise<{ changed: number }> {
  const changed = await countChanged(trx, jobId)
  await writeAudit(trx, audit, { action, after: { count: changed, isUndo: undoOf !== null } })
  record({ kind: 'customer.configured', entityId: jobId })
  return { changed }
}
