import type { Draft } from './drafts.ts'

/** One of what may stand in the place of what is being typed. */
export interface Suggestion {
  id: string
  label: string
  /** More of it, on the same line. */
  detail?: string
  /** It does something besides, or instead of, writing. */
  isMacro?: true
  /** What is put into the text. */
  text: string
  /** What else changes with the text. */
  complete: (draft: Draft) => Draft
  /** What is done when it has been chosen. */
  onChosen?: () => void
}
