import { useSyncExternalStore } from 'react'
import { reactTo } from './errors.ts'

/** What is being tried again in silence, from the first failure until something is answered. */
export type Trouble = 'busy' | 'unavailable'

/** Without news for so long, whoever tried has given up or gone. */
const FORGOTTEN_AFTER_MS = 20_000

let trouble: Trouble | null = null
let timer: ReturnType<typeof setTimeout> | undefined
const listeners = new Set<() => void>()

/** An attempt failed in a way that mends itself. Other failures are not this module's business. */
export function noteTrouble(error: unknown): void {
  const reaction = reactTo(error)
  if (reaction.kind !== 'retry' || reaction.text === 'offline') return
  begin(reaction.text === 'busy' ? 'busy' : 'unavailable')
}

/** Somebody has waited for an answer for long and has none yet. */
export function noteSlowness(): void {
  begin(trouble ?? 'unavailable')
}

/** Something was answered: all is well again. */
export function noteAnswer(): void {
  clearTimeout(timer)
  set(null)
}

export function useTrouble(): Trouble | null {
  return useSyncExternalStore(subscribe, getTrouble)
}

export function getTrouble(): Trouble | null {
  return trouble
}

function begin(next: Trouble): void {
  set(next)
  clearTimeout(timer)
  timer = setTimeout(noteAnswer, FORGOTTEN_AFTER_MS)
}

function set(next: Trouble | null): void {
  if (next === trouble) return
  trouble = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
