export interface Candidate {
  id: string
  capacity: number
  open: number
  /** null: never. */
  lastAssignedAt: Date | null
}

/** Whose turn it is: of those who have room, who was given one longest ago; undefined if nobody has room. */
export function nextAgent(candidates: readonly Candidate[]): Candidate | undefined {
  return candidates
    .filter(({ open, capacity }) => open < capacity)
    .toSorted((one, other) => turnOf(one) - turnOf(other) || (one.id < other.id ? -1 : 1))[0]
}

function turnOf({ lastAssignedAt }: Candidate): number {
  return lastAssignedAt?.getTime() ?? Number.NEGATIVE_INFINITY
}
