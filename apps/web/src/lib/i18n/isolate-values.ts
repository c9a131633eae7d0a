import { FIRST_STRONG_ISOLATE, POP_DIRECTIONAL_ISOLATE } from '../isolate.ts'

/** Values in the words of people and machines, which may run the other way than the sentence that they stand in. */
const FOREIGN: ReadonlySet<string> = new Set(
  (
    'name names subject text query value one other others requester tenant workspace role team tag tags label field ' +
    'column file device thing from into target zone phone shortcut server code reason table'
  ).split(' '),
)

/** Whether a value of this name keeps its direction to itself. */
export function isForeign(name: string): boolean {
  return FOREIGN.has(name)
}

/** A compiled message whose foreign values are isolated, in every branch and tag. */
export function isolateValues(compiled: unknown): unknown {
  if (Array.isArray(compiled)) return compiled.flatMap((part) => isolatePart(part))
  return compiled
}

function isolatePart(part: unknown): unknown[] {
  if (!Array.isArray(part)) return [isBranches(part) ? isolateBranches(part) : part]
  const [name, ...rest] = part as unknown[]
  if (rest.length === 0 && typeof name === 'string' && isForeign(name))
    return [FIRST_STRONG_ISOLATE, part, POP_DIRECTIONAL_ISOLATE]
  return [[name, ...rest.flatMap(isolatePart)]]
}

function isBranches(part: unknown): part is Record<string, unknown> {
  return typeof part === 'object' && part !== null
}

function isolateBranches(branches: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(branches).map(([key, branch]) => [key, isolateValues(branch)]))
}
