import { type CannedVariable, listUnfilled, messageLengthLeft } from '@sarai/api/chat/schema'
import { useEffect, useState } from 'react'
import type { Words } from '../../lib/words.ts'
import {
  type Draft,
  DRAFT_LENGTH_MAX,
  EMPTY_DRAFT,
  isSameDraft,
  readDraft,
  toDraft,
  writeDraft,
} from './drafts.ts'

export interface DraftState {
  value: Draft
  /** Characters left; negative when it is too long. */
  left: number
  isTooLong: boolean
  /** The length of a text that was so long that it was not taken in. */
  refusedLength: number | null
  /** Places of a canned reply that kept it from being sent and are still there. */
  unfilled: readonly CannedVariable[]
  /** True, and said from now on: something has to be filled in before this may be sent. */
  showUnfilled: () => boolean
  change: (draft: Draft) => void
  setBody: (body: string) => void
  clear: () => void
}

/** What is being written in one conversation, kept through reloads and visits elsewhere. */
export function useDraft(words: Words, conversationId: string): DraftState {
  const [value, setValue] = useState(() => readDraft(words, conversationId))
  const [isUnfilledShown, showUnfilled] = useState(false)
  const [refusedLength, setRefusedLength] = useState<number | null>(null)
  useEffect(() => {
    // What is kept already is not written again: two tabs would go on telling each other for ever.
    if (!isSameDraft(value, readDraft(words, conversationId))) writeDraft(words, conversationId, value)
  }, [words, conversationId, value])
  useEffect(
    () =>
      words.listen((key, kept) => {
        // Whoever types here has the last word; a window in the background follows the one in front.
        if (key === conversationId && !document.hasFocus()) setValue(toDraft(kept))
      }),
    [words, conversationId],
  )
  function change(next: Draft): void {
    setRefusedLength(null)
    setValue(next)
  }
  function setBody(body: string): void {
    // A whole file pasted by mistake would stall the page: the text stays as it was.
    if (body.length > DRAFT_LENGTH_MAX) setRefusedLength(body.length)
    else change({ ...value, body })
  }
  const left = messageLengthLeft(value.body)
  const unfilled = listUnfilled(value.body)
  if (unfilled.length === 0 && isUnfilledShown) showUnfilled(false)
  return {
    value,
    left,
    isTooLong: left < 0,
    refusedLength,
    unfilled: isUnfilledShown ? unfilled : [],
    showUnfilled() {
      showUnfilled(unfilled.length > 0)
      return unfilled.length > 0
    },
    change,
    setBody,
    clear: () => change({ ...EMPTY_DRAFT, private: value.private }),
  }
}
