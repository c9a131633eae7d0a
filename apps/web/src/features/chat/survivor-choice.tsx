import type { Conversation } from '@sarai/api'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { cx } from '../../ui/cx.ts'
import { OneLine } from '../../ui/one-line.tsx'

interface SurvivorChoiceProps {
  /** The open one first. */
  pair: readonly [Conversation, Conversation]
  survivorId: string
  onChange: (survivorId: string) => void
}

/** Which of two conversations goes on. */
export function SurvivorChoice({ pair, survivorId, onChange }: SurvivorChoiceProps) {
  const t = useTranslations('chat.merge')
  const name = useId()
  return (
    // By itself a fieldset is as wide as its longest line.
    <fieldset className="flex min-w-0 flex-col gap-2">
      <legend className="mb-1.5 text-sm font-medium">{t('survivor')}</legend>
      {pair.map((conversation, position) => (
        <label
          key={conversation.id}
          className={cx(
            'flex items-start gap-3 rounded-lg border px-3 py-2.5',
            conversation.id === survivorId ? 'border-accent bg-accent-soft' : 'border-line hover:bg-hover',
          )}
        >
          <input
            type="radio"
            name={name}
            className="mt-1 size-4 accent-accent"
            checked={conversation.id === survivorId}
            onChange={() => onChange(conversation.id)}
          />
          <ConversationText conversation={conversation} isHere={position === 0} />
        </label>
      ))}
    </fieldset>
  )
}

/** What two conversations of one customer differ by. */
export function ConversationText({
  conversation,
  isHere = false,
}: {
  conversation: Conversation
  isHere?: boolean
}) {
  const t = useTranslations('chat')
  const format = useFormat()
  const { customerName, subject, status, lastSeq, lastMessagePreview, updatedAt } = conversation
  return (
    <span className="flex min-w-0 flex-1 flex-col gap-0.5">
      <span className="flex items-baseline gap-2">
        <OneLine className="flex-1 text-base font-medium">{subject ?? t('merge.noSubject')}</OneLine>
        <span className="shrink-0 text-xs text-text-muted tabular">
          {isHere ? `${t('merge.here')} · ` : ''}
          {t(`status.${status}`)} · {t('merge.messages', { count: lastSeq })}
        </span>
      </span>
      <span className="flex items-baseline gap-2">
        <OneLine className="flex-1 text-sm text-text-muted">{lastMessagePreview ?? customerName}</OneLine>
        <span className="shrink-0 text-xs text-text-muted">
          {lastMessagePreview === null ? null : (
            <>
              <bdi>{customerName}</bdi> ·{' '}
            </>
          )}
          <time dateTime={updatedAt}>{format.ago(updatedAt)}</time>
        </span>
      </span>
    </span>
  )
}
