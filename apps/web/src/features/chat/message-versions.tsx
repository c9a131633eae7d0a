import type { MessageVersion } from '@sarai/api'
import { useInfiniteQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { MessageBody } from './message-body.tsx'
import type { TimelineMessage } from './timeline.ts'

interface MessageVersionsProps {
  message: TimelineMessage & { id: string; editedAt: string }
  onClose: () => void
}

/** What a message says now, and below it what stood there before, the last replaced first. */
export function MessageVersions({ message, onClose }: MessageVersionsProps) {
  const t = useTranslations('chat.change')
  const format = useFormat()
  const { id, body, mentions = [], editedAt } = message
  return (
    <Dialog isOpen onOpenChange={onClose} title={t('versions')} description={t('versionsText')}>
      <ol className="flex flex-col gap-4">
        <Version note={t('since', { time: format.dateTime(editedAt) })}>
          <MessageBody body={body} mentions={mentions} />
        </Version>
        {/* Edited while this is open: asked for again. */}
        <EarlierTexts key={editedAt} id={id} />
      </ol>
    </Dialog>
  )
}

function EarlierTexts({ id }: { id: string }) {
  const t = useTranslations('chat.change')
  const trpc = useTrpc()
  const versions = useInfiniteQuery(
    trpc.chat.message.versions.infiniteQueryOptions(
      { id },
      { getNextPageParam: (page) => page.nextCursor, staleTime: 0 },
    ),
  )
  if (!versions.data) {
    return (
      <li aria-busy={versions.isPending}>
        {versions.isError ? (
          <LoadFailure
            error={versions.error}
            isRetrying={versions.isFetching}
            onRetry={() => void versions.refetch()}
          />
        ) : (
          <Skeleton className="h-16" />
        )}
      </li>
    )
  }
  return (
    <>
      {versions.data.pages
        .flatMap((page) => page.items)
        .map((version) => (
          <EarlierText key={version.revision} version={version} />
        ))}
      {versions.hasNextPage ? (
        <li>
          <Button
            size="sm"
            isBusy={versions.isFetchingNextPage}
            onClick={() => void versions.fetchNextPage()}
          >
            {t('moreVersions')}
          </Button>
        </li>
      ) : null}
    </>
  )
}

function EarlierText({ version }: { version: MessageVersion }) {
  const t = useTranslations('chat.change')
  const format = useFormat()
  const { body, replacedAt, replacedByName: name } = version
  const time = format.dateTime(replacedAt)
  return (
    <Version note={name === null ? t('replaced', { time }) : t('replacedBy', { time, name })} isEarlier>
      {body === '' ? (
        <p className="text-sm text-text-muted italic">{t('filesAlone')}</p>
      ) : (
        <MessageBody body={body} />
      )}
    </Version>
  )
}

interface VersionProps {
  /** Since when, or until when and by whose hand. */
  note: string
  isEarlier?: boolean
  children: ReactNode
}

function Version({ note, isEarlier = false, children }: VersionProps) {
  return (
    <li className="flex flex-col gap-1">
      <span className="text-xs text-text-muted tabular">{note}</span>
      <div
        className={
          isEarlier
            ? 'rounded-xl border border-line px-3 py-1.5 text-text-muted'
            : 'rounded-xl bg-accent-soft px-3 py-1.5'
        }
      >
        {children}
      </div>
    </li>
  )
}
