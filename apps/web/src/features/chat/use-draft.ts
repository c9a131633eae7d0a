import { messageLengthLeft } from '@sarai/api/chat/schema'
import { useEffect, useState } from 'react'
import { type Draft, DRAFT_LENGTH_MAX, EMPTY_DRAFT, readDraft, writeDraft } from './drafts.ts'
import type { PersonalStorage } from '../../lib/personal-storage.ts'

export interface DraftState {
  value: Draft
  /** Characters left; negative when it is too long. */
  left: number
  isTooLong: boolean
  /** The length of a text that was so long that it was not taken in. */
  refusedLength: number | null
  change: (draft: Draft) => void
  setBody: (body: string) => void
  clear: () => void
}

/** What is being written in one conversation, kept through reloads and visits elsewhere. */
export function useDraft(storage: PersonalStorage, conversationId: string): DraftState {
  const [value, setValue] = useState(() => readDraft(storage, conversationId))
  const [refusedLength, setRefusedLength] = useState<number | null>(null)
  useEffect(() => writeDraft(storage, conversationId, value), [storage, conversationId, value])
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
  return {
    value,
    left,
    isTooLong: left < 0,
    refusedLength,
    change,
    setBody,
    clear: () => change({ ...EMPTY_DRAFT, private: value.private }),
  }
}
