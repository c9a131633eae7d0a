import type { Conversation } from '@sarai/api'
import PenLine from 'lucide-react/icons/pen-line'
import { useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { announce } from '../../lib/announce.ts'
import { cx } from '../../ui/cx.ts'
import { useNames } from './use-names.ts'
import { type Other, useOthersAt, useOthersReplyingTo } from './use-others.ts'

/** Somebody who goes on writing after a pause is not read out again. */
const SAID_AGAIN_AFTER_MS = 60_000

/** Below the composer, in a place of its own so that nothing moves: who else writes to this customer. */
export function WritingLine({ conversation }: { conversation: Conversation }) {
  const t = useTranslations('chat.presence')
  const here = useOthersAt(conversation.id).filter(({ doing }) => doing !== 'looking')
  const replying = here.filter(({ doing }) => doing === 'reply')
  const elsewhere = useOthersReplyingTo(conversation)
  const writers = replying.length > 0 ? replying : elsewhere.length > 0 ? elsewhere : here
  const names = useNames(writers)
  const count = writers.length
  const key = replying.length > 0 ? 'replying' : elsewhere.length > 0 ? 'replyingElsewhere' : 'writingNote'
  const text = count === 0 ? '' : t(key, { names, count })
  useAnnounceOnce(writers, text)
  const isReply = count > 0 && key !== 'writingNote'
  return (
    <div className="shrink-0 px-3 md:px-6">
      <p
        className={cx(
          'mx-auto flex h-6 w-full max-w-3xl items-center gap-1.5 px-1 text-xs',
          isReply ? 'text-warning-text' : 'text-text-muted',
        )}
      >
        {count === 0 ? null : (
          <>
            <PenLine aria-hidden className="size-3.5 shrink-0" />
            <span className="truncate">{text}</span>
          </>
        )}
      </p>
    </div>
  )
}

/** Politely, when somebody begins, and not at each pause in their writing. */
function useAnnounceOnce(writers: readonly Other[], text: string): void {
  const writtenAt = useRef(new Map<string, number>())
  const ids = writers.map(({ id }) => id).join()
  useEffect(() => {
    if (ids === '') return undefined
    const known = writtenAt.current
    const writing = ids.split(',')
    const isNew = writing.some((id) => Date.now() - (known.get(id) ?? 0) > SAID_AGAIN_AFTER_MS)
    if (isNew) announce(text)
    const note = () => {
      for (const id of writing) known.set(id, Date.now())
    }
    note()
    // When they stop: what counts is how long nothing was written.
    return note
  }, [ids, text])
}
