import { z } from 'zod'
import { CHAT_LIST_LIMIT_MAX } from './schema.ts'

/** Earlier texts of a message that come at once, if nothing else is said. */
export const VERSIONS_LIMIT_DEFAULT = 20

/** What stood in a message before its author edited it. */
export const ListVersionsInput = z.strictObject({
  id: z.uuid(),
  /** The nextCursor of the page before. */
  cursor: z.int().positive().nullish(),
  limit: z.int().min(1).max(CHAT_LIST_LIMIT_MAX).optional(),
})
export type ListVersionsInput = z.infer<typeof ListVersionsInput>
