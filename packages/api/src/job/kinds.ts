import type { JobKind } from './job-kind.ts'

/** Every kind of job there is. */
export const JOB_KINDS: readonly JobKind[] = []
