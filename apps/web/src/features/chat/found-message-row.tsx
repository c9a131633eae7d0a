import type { FoundMessage } from '@sarai/api'
import { Link } from '@tanstack/react-router'
import Lock from 'lucide-react/icons/lock'
import { memo } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { useTenantKey } from '../../lib/trpc.ts'
import { OneLine } from '../../ui/one-line.tsx'
import { useChatDesk } from './chat-desk.ts'
import { prefetchConversation, withoutPanel } from './chat-queries.ts'

interface FoundMessageRowProps {
  found: FoundMessage
  /** Its conversation is on screen. */
  isOpen: boolean
}

/** Opens the conversation at the message: one that is a part of another within that one, if it is not open by itself. */
export const FoundMessageRow = memo(function FoundMessageRow({ found, isOpen }: FoundMessageRowProps) {
  const tenantKey = useTenantKey()
  const format = useFormat()
  const { cache } = useChatDesk()
  const { conversationId: placeId, mergedInto, seq: message } = found
  const isInPart = mergedInto !== null && !isOpen
  const conversationId = isInPart ? mergedInto : placeId
  const prefetch = () => prefetchConversation(cache, conversationId)
  return (
    <li className="[contain-intrinsic-size:auto_5rem] [content-visibility:auto]">
      <Link
        to="/$tenantKey/chat/$conversationId"
        params={{ tenantKey, conversationId }}
        search={(before) => ({ ...withoutPanel(before), message, ...(isInPart && { part: placeId }) })}
        preload={false}
        // Otherwise the router puts the thread back to where it stood before the jump.
        resetScroll={false}
        onPointerEnter={prefetch}
        onFocus={prefetch}
        className="flex flex-col gap-0.5 px-4 py-2 outline-offset-[-2px] hover:bg-hover"
      >
        <span className="flex items-baseline gap-2">
          <OneLine className="flex-1 text-base font-medium">{found.customerName}</OneLine>
          <time dateTime={found.createdAt} className="shrink-0 text-xs text-text-faint tabular">
            {format.ago(found.createdAt)}
          </time>
        </span>
        <Writer found={found} />
        <span dir="auto" className="line-clamp-2 text-sm break-words text-text-muted">
          <Snippet found={found} />
        </span>
      </Link>
    </li>
  )
})

/** Who wrote it, where it was not the customer, and what the conversation is about. */
function Writer({ found }: { found: FoundMessage }) {
  const t = useTranslations('chat.thread')
  const isTeam = found.authorKind === 'agent'
  if (!isTeam && found.subject === null) return null
  return (
    <span className="flex min-w-0 items-center gap-1.5 text-xs text-text-faint">
      {found.private ? (
        <span className="inline-flex shrink-0 items-center gap-1 font-medium text-warning-text">
          <Lock aria-hidden className="size-3" />
          {t('privateNote')}
        </span>
      ) : null}
      {isTeam ? <bdi className="shrink-0">{found.authorName ?? t('formerMember')}</bdi> : null}
      {found.subject === null ? null : <bdi className="truncate">{found.subject}</bdi>}
    </span>
  )
}

function Snippet({ found }: { found: FoundMessage }) {
  let at = 0
  return found.snippet.map(({ text, isMatch }) => {
    const key = (at += text.length)
    return isMatch ? (
      <mark key={key} className="rounded-xs bg-warning-soft font-semibold text-text">
        {text}
      </mark>
    ) : (
      <span key={key}>{text}</span>
    )
  })
}
