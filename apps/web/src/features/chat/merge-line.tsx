import type { ConversationMerge } from '@sarai/api'
import ChevronRight from 'lucide-react/icons/chevron-right'
import Merge from 'lucide-react/icons/merge'
import { lazy, Suspense, useCallback, useId, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { useChatDesk } from './chat-desk.ts'
import { useJumpIntoPart } from './use-jump.ts'
import { useMergeName, useSeparate } from './use-merge.ts'

const PartMessages = lazy(async () => ({ default: (await import('./part-messages.tsx')).PartMessages }))

/** Between messages: a conversation became a part of this one then. What was said in it is folded up behind it. */
export function MergeLine({ merge }: { merge: ConversationMerge }) {
  const t = useTranslations('chat.merge')
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  if (useJumpIntoPart(merge.mergedId) && !isOpen) setOpen(true)
  const id = useId()
  const line = useRef<HTMLDivElement>(null)
  const isUnfoldedByHand = useRef(false)
  // As much of it as there is room for, and its beginning before its end. Who is led to a message in it is not led away.
  const bringIntoSight = useCallback(() => {
    if (isUnfoldedByHand.current) line.current?.scrollIntoView({ block: 'nearest' })
  }, [])
  const subject = useMergeName()(merge)
  const { mergedByName, mergedAt, messages } = merge
  return (
    <div
      ref={line}
      role="listitem"
      data-part={merge.mergedId}
      className="flex flex-col items-center gap-1 pt-4 pb-2 text-xs text-text-muted"
    >
      <span className="flex items-start gap-1.5 px-8">
        <Merge aria-hidden className="mt-0.5 size-3 shrink-0" />
        <span className="min-w-0">
          {mergedByName === null ? t('lineOf', { subject }) : t('line', { name: mergedByName, subject })}{' '}
          <time dateTime={mergedAt} title={format.dateTime(mergedAt)} className="tabular">
            {format.time(mergedAt)}
          </time>
        </span>
      </span>
      <span className="flex flex-wrap justify-center gap-1">
        {messages === 0 ? null : (
          <Button
            size="sm"
            variant="ghost"
            aria-expanded={isOpen}
            aria-controls={isOpen ? id : undefined}
            onClick={() => {
              isUnfoldedByHand.current = !isOpen
              setOpen(!isOpen)
            }}
          >
            <ChevronRight aria-hidden className={cx('size-4', isOpen ? 'rotate-90' : 'flip-rtl')} />
            {isOpen ? t('hide') : t('show', { count: messages })}
          </Button>
        )}
        <UndoButton merge={merge} />
      </span>
      {isOpen ? (
        <section
          id={id}
          aria-label={t('part', { subject })}
          className="w-full rounded-lg border border-line bg-sunken/60 px-2 pb-3 text-text"
        >
          <Suspense>
            <PartMessages
              conversationId={merge.mergedId}
              customerName={merge.customerName}
              onShown={bringIntoSight}
            />
          </Suspense>
        </section>
      ) : null}
    </div>
  )
}

function UndoButton({ merge: { id, undoUntil } }: { merge: ConversationMerge }) {
  const t = useTranslations('chat.merge')
  const { can } = useChatDesk()
  const { mutate: separate, isPending } = useSeparate()
  if (undoUntil === null || !can('chat:resolve') || !can('chat:assign')) return null
  return (
    <Button
      size="sm"
      variant="ghost"
      isBusy={isPending}
      onClick={() => separate({ conversationMergeId: id })}
    >
      {t('undo')}
    </Button>
  )
}
