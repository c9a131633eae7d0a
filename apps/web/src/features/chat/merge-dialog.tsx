import type { Conversation } from '@sarai/api'
import { CONVERSATION_SEPARATE_DAYS_MAX } from '@sarai/api/merge/schema'
import { useQuery } from '@tanstack/react-query'
import TriangleAlert from 'lucide-react/icons/triangle-alert'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { ConversationPicker } from './conversation-picker.tsx'
import { MergeResult } from './merge-result.tsx'
import { SurvivorChoice } from './survivor-choice.tsx'
import { useMerge } from './use-merge.ts'

interface MergeDialogProps {
  conversation: Conversation
  onClose: () => void
}

/** First with which one, then what it will be, and which of the two goes on. */
export function MergeDialog({ conversation, onClose }: MergeDialogProps) {
  const t = useTranslations('chat.merge')
  const [other, setOther] = useState<Conversation | null>(null)
  if (other) {
    return <Preview pair={[conversation, other]} onChange={() => setOther(null)} onClose={onClose} />
  }
  return (
    <Dialog isOpen onOpenChange={onClose} title={t('title')} description={t('pickText')}>
      <ConversationPicker conversation={conversation} onPick={setOther} />
    </Dialog>
  )
}

interface PreviewProps {
  /** The open one first. */
  pair: readonly [Conversation, Conversation]
  onChange: () => void
  onClose: () => void
}

function Preview({ pair, onChange, onClose }: PreviewProps) {
  const t = useTranslations('chat.merge')
  const trpc = useTrpc()
  const [survivorId, setSurvivorId] = useState(pair[0].id)
  const mergedId = pair.find(({ id }) => id !== survivorId)?.id ?? ''
  const ids = { mergedConversationId: mergedId, survivorConversationId: survivorId }
  const { data, error, refetch, isFetching } = useQuery({
    ...trpc.merge.preview.queryOptions(ids),
    gcTime: 0,
  })
  const { merge, isPending } = useMerge(pair[0].id, onClose)
  const mayMerge = data && data.refusal === null
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t('title')}
      footer={
        <>
          <Button onClick={onChange}>{t('change')}</Button>
          {mayMerge ? (
            <Button
              variant="primary"
              isBusy={isPending}
              onClick={() => merge({ ...ids, ofDifferentCustomers: data.areOfDifferentCustomers })}
            >
              {data.areOfDifferentCustomers ? t('doAnyway') : t('do')}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <SurvivorChoice pair={pair} survivorId={survivorId} onChange={setSurvivorId} />
        {data ? (
          <>
            {data.areOfDifferentCustomers ? <Different pair={pair} /> : null}
            {data.refusal === null ? (
              <>
                <MergeResult result={data.result} />
                <p className="text-sm text-text-muted">
                  {t('folded', { count: data.messages })}{' '}
                  {t('leads', { days: CONVERSATION_SEPARATE_DAYS_MAX })}{' '}
                  {data.scheduled > 0 ? t('waits', { count: data.scheduled }) : null}
                </p>
              </>
            ) : (
              <Warning text={t(`refused.${data.refusal}`)} />
            )}
          </>
        ) : error ? (
          <LoadFailure error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
        ) : (
          <Skeleton className="h-24 w-full" />
        )}
      </div>
    </Dialog>
  )
}

function Different({ pair: [one, other] }: Pick<PreviewProps, 'pair'>) {
  const t = useTranslations('chat.merge')
  return <Warning text={t('differ', { one: one.customerName, other: other.customerName })} />
}

function Warning({ text }: { text: string }) {
  return (
    <p
      role="alert"
      className="flex items-start gap-2 rounded-md border border-warning-text/40 bg-warning-soft px-3 py-2 text-sm"
    >
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warning-text" />
      {text}
    </p>
  )
}
