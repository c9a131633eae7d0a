import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Avatar } from '../../ui/avatar.tsx'
import { useNames } from './use-names.ts'
import { useIsAnybodyAt, useOthersAt } from './use-others.ts'

const FACES_MAX = 2

interface RowPresenceProps {
  conversationId: string
  /** What the row says otherwise. */
  children: ReactNode
}

/** Beside what was said last, the faces of those who look; while somebody writes, that instead. */
export function RowPresence(props: RowPresenceProps) {
  return useIsAnybodyAt(props.conversationId) ? <People {...props} /> : props.children
}

function People({ conversationId, children }: RowPresenceProps) {
  const t = useTranslations('chat.presence')
  const others = useOthersAt(conversationId)
  const writers = others.filter(({ doing }) => doing !== 'looking')
  const names = useNames(writers)
  const everybody = useNames(others)
  if (others.length === 0) return children
  return (
    <>
      {writers.length > 0 ? (
        <span className="min-w-0 flex-1 truncate text-sm text-accent-text">
          {t('writing', { names, count: writers.length })}
        </span>
      ) : (
        children
      )}
      <span className="flex shrink-0 items-center">
        <span className="sr-only">{t('looking', { names: everybody, count: others.length })}</span>
        {others.slice(0, FACES_MAX).map(({ id, name }) => (
          <span key={id} className="-ms-1 inline-flex rounded-full ring-2 ring-surface first:ms-0">
            <Avatar name={name} size="xs" />
          </span>
        ))}
      </span>
    </>
  )
}
