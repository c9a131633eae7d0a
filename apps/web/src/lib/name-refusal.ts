import { reactTo } from './errors.ts'

/** Why something with a name was not saved, where the dialog says it; undefined: said elsewhere. */
export type NameRefusal = 'nameTaken' | 'tooMany'

export function toNameRefusal(error: unknown): NameRefusal | undefined {
  const reaction = reactTo(error)
  if (reaction.kind !== 'conflict') return undefined
  return reaction.details['field'] === 'name' ? 'nameTaken' : 'tooMany'
}
