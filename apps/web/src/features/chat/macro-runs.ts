import type { RunningMacro } from './drafts.ts'

/** A macro that went with a message has been run. */
export interface MacroRun {
  conversationId: string
  clientId: string
  macro: RunningMacro
}

const listeners = new Set<(run: MacroRun) => void>()

export function tellMacroRun(run: MacroRun): void {
  for (const listener of listeners) listener(run)
}

export function onMacroRun(listener: (run: MacroRun) => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
