import type { Act } from '../act/schema.ts'

/** Several things that are done to a conversation together. */
export interface Macro {
  id: string
  name: string
  acts: Act[]
}

export function toMacro({ id, name, acts }: { id: string; name: string; acts: object }): Macro {
  // Written by macros.ts alone, which has read them with the schema.
  return { id, name, acts: acts as Act[] }
}
