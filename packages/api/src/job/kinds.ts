import { ARCHIVE_MANY, UNDO_ARCHIVE_MANY } from '../bulk/archive-many.ts'
import { ASSIGN_MANY, UNDO_ASSIGN_MANY } from '../bulk/assign-many.ts'
import { TAG_MANY, UNDO_TAG_MANY } from '../bulk/tag-many.ts'
import { CHECK_IMPORT, IMPORT_CUSTOMERS } from '../import/import-job.ts'
import { UNDO_IMPORT } from '../import/undo-import.ts'
import type { JobKind } from './job-kind.ts'

/** Every kind of job there is. */
export const JOB_KINDS: readonly JobKind[] = [
  TAG_MANY,
  UNDO_TAG_MANY,
  ASSIGN_MANY,
  UNDO_ASSIGN_MANY,
  ARCHIVE_MANY,
  UNDO_ARCHIVE_MANY,
  CHECK_IMPORT,
  IMPORT_CUSTOMERS,
  UNDO_IMPORT,
]
