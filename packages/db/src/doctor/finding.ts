/** What is looked at, in this order. */
export type Check =
  | 'server'
  | 'clock'
  | 'connections'
  | 'disk'
  | 'administrator'
  | 'control-plane'
  | 'secret'
  | 'half-made'
  | 'behind'
  | 'past-grace'
  | 'missing'
  | 'grants'
  | 'orphans'
  | 'processes'

export interface Finding {
  check: Check
  /** `warning`: works, and somebody should look; `problem`: something does not work or soon will not. */
  state: 'ok' | 'warning' | 'problem'
  /** What was found, in a sentence. Never a secret. */
  found: string
  /** What to do about it; null when all is well. */
  advice: string | null
}

export function ok(check: Check, found: string): Finding {
  return { check, state: 'ok', found, advice: null }
}

export function warning(check: Check, found: string, advice: string): Finding {
  return { check, state: 'warning', found, advice }
}

export function problem(check: Check, found: string, advice: string): Finding {
  return { check, state: 'problem', found, advice }
}

const NAMED_MAX = 5

/** The first few by name, the rest by number. */
export function nameSome(names: readonly string[]): string {
  const more = names.length - NAMED_MAX
  return names.slice(0, NAMED_MAX).join(', ') + (more > 0 ? ` and ${more} more` : '')
}
