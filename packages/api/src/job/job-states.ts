import type { JobState } from '@sarai/db'

/** It waits or is being done. */
export const OPEN_STATES = ['queued', 'running'] as const
/** Ended before everything was done. */
export const BROKEN_STATES = ['cancelled', 'failed'] as const

export function isOpen(state: JobState): state is (typeof OPEN_STATES)[number] {
  return state === 'queued' || state === 'running'
}
