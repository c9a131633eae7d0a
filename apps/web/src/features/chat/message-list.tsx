import ArrowDown from 'lucide-react/icons/arrow-down'
import { useCallback, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { DayLine } from './day-line.tsx'
import { MergeLine } from './merge-line.tsx'
import { MessageBlock } from './message-block.tsx'
import { MessageItem } from './message-item.tsx'
import { RunLine } from './run-line.tsx'
import type { TimelineItem } from './timeline.ts'
import { JumpIntoPartContext, useJump, type WantedMessage } from './use-jump.ts'
import { useMessageScroll } from './use-message-scroll.ts'

export interface MessageListProps {
  items: readonly TimelineItem[]
  /** All messages of the conversation, loaded or not. */
  count: number
  customerName: string
  older: {
    hasMore: boolean
    isLoading: boolean
    isError: boolean
    load: () => void
    /** Everything as far back as that message. */
    loadTo: (seq: number) => void
    /** That is under way. */
    isGoingBack: boolean
  }
  onAtEndChange: (isAtEnd: boolean) => void
  jump: { wanted: WantedMessage | null; onArrive: () => void }
}

export function MessageList({ items, count, customerName, older, onAtEndChange, jump }: MessageListProps) {
  const t = useTranslations('chat.thread')
  const [isAtEnd, setAtEnd] = useState(true)
  const scroller = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const scroll = useMessageScroll({
    scroller,
    list,
    items,
    onAtEndChange: (next) => {
      setAtEnd(next)
      onAtEndChange(next)
    },
    onNearStart: () => {
      if (older.hasMore && !older.isLoading && !older.isError) older.load()
    },
  })
  const intoPart = useJump({ scroll, older, ...jump })
  const newBelow = useNewBelow(items, isAtEnd)
  const renderItem = useCallback(
    (item: TimelineItem) => <Item key={item.key} item={item} count={count} customerName={customerName} />,
    [count, customerName],
  )
  return (
    <div className="relative flex min-h-0 flex-1 flex-col">
      <div
        ref={scroller}
        onScroll={scroll.onScroll}
        role="region"
        aria-label={t('messages')}
        tabIndex={0}
        className="relative min-h-0 flex-1 overflow-y-auto overscroll-contain outline-offset-[-2px] [overflow-anchor:none]"
      >
        <OlderMessages older={older} />
        <div ref={list} role="list" className="mx-auto w-full max-w-3xl px-3 pb-4 md:px-6">
          <JumpIntoPartContext value={intoPart}>
            {scroll.blocks.map((block) => (
              <MessageBlock
                key={block.key}
                block={block}
                spacePx={scroll.drawn.has(block.key) ? null : scroll.heights.of(block)}
                renderItem={renderItem}
              />
            ))}
          </JumpIntoPartContext>
        </div>
      </div>
      {isAtEnd && !older.isGoingBack ? null : (
        <div className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center">
          {older.isGoingBack ? <GoingBack /> : <BelowButton newBelow={newBelow} onClick={scroll.jumpToEnd} />}
        </div>
      )}
    </div>
  )
}

/** Everything between here and a message far back is on its way. */
function GoingBack() {
  const t = useTranslations('chat.thread')
  return (
    <p
      role="status"
      className="flex items-center gap-2 rounded-full border border-line bg-surface px-3 py-1.5 text-sm shadow-popover"
    >
      <Spinner />
      {t('goingBack')}
    </p>
  )
}

function BelowButton({ newBelow, onClick }: { newBelow: number; onClick: () => void }) {
  const t = useTranslations('chat.thread')
  return (
    <Button size="sm" className="pointer-events-auto rounded-full shadow-popover" onClick={onClick}>
      <ArrowDown aria-hidden className="size-4" />
      {newBelow > 0 ? t('newBelow', { count: newBelow }) : t('jumpToLatest')}
    </Button>
  )
}

interface ItemProps {
  item: TimelineItem
  count: number
  customerName: string
}

function Item({ item, count, customerName }: ItemProps) {
  const t = useTranslations('chat.thread')
  if (item.type === 'message') return <MessageItem item={item} count={count} customerName={customerName} />
  if (item.type === 'run') return <RunLine run={item.run} />
  if (item.type === 'merge') return <MergeLine merge={item.merge} />
  if (item.type === 'day') return <DayLine date={item.date} />
  return (
    <div
      role="listitem"
      data-unread-divider
      className="flex items-center gap-3 pt-4 pb-1 text-xs font-semibold text-accent-text"
    >
      <span aria-hidden className="h-px flex-1 bg-accent-line" />
      {t('unreadFrom')}
      <span aria-hidden className="h-px flex-1 bg-accent-line" />
    </div>
  )
}

function OlderMessages({ older }: Pick<MessageListProps, 'older'>) {
  const t = useTranslations('chat.thread')
  const tc = useTranslations('common.action')
  return (
    <div className="flex min-h-14 items-center justify-center gap-2 px-4 pt-4 text-sm text-text-faint">
      {older.isError ? (
        <>
          {t('olderFailed')}
          <Button size="sm" onClick={older.load}>
            {tc('retry')}
          </Button>
        </>
      ) : older.hasMore ? (
        <>
          <Spinner />
          {t('loadingOlder')}
        </>
      ) : (
        t('start')
      )}
    </div>
  )
}

/** Messages that have come below what is on screen. */
function useNewBelow(items: readonly TimelineItem[], isAtEnd: boolean): number {
  const last = items.findLast((item) => item.type === 'message' && item.message.seq !== null)
  const lastSeq = last?.type === 'message' ? (last.message.seq ?? 0) : 0
  const [seenSeq, setSeenSeq] = useState(lastSeq)
  if (isAtEnd && seenSeq !== lastSeq) setSeenSeq(lastSeq)
  return Math.max(0, lastSeq - seenSeq)
}
