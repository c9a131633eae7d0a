import CircleAlert from 'lucide-react/icons/circle-alert'
import Clock from 'lucide-react/icons/clock'
import { useTranslations } from 'use-intl'
import { useConnection } from '../../lib/changes.ts'
import { Button } from '../../ui/button.tsx'
import { useChatDesk } from './chat-desk.ts'
import type { OutboxEntry } from './outbox.ts'
import { useThreadActions } from './use-thread-actions.ts'

/** Where a message is on its way to the server, and what can be done if it got stuck. */
export function MessageDelivery({ entry }: { entry: OutboxEntry }) {
  const t = useTranslations('chat')
  const connection = useConnection()
  if (entry.state === 'failed') return <Failed entry={entry} />
  if (entry.state === 'held') {
    return <span className="px-1 text-xs font-medium text-warning-text">{t('delivery.held')}</span>
  }
  const state = entry.state === 'queued' && connection === 'offline' ? 'offline' : entry.state
  return (
    <span className="inline-flex items-center gap-1 px-1 text-xs text-text-faint">
      <Clock aria-hidden className="size-3" />
      {t(`delivery.${state}`)}
    </span>
  )
}

function Failed({ entry }: { entry: OutboxEntry }) {
  const t = useTranslations('chat')
  const { outbox } = useChatDesk()
  const { edit, place } = useThreadActions()
  // Below the thread stands where it can be taken.
  const isClosed = place === 'closed'
  return (
    <div role="alert" className="flex flex-wrap items-center justify-end gap-1 px-1 text-xs text-danger-text">
      <CircleAlert aria-hidden className="size-3.5" />
      <span>
        {t('delivery.failed')}. {t(`failure.${entry.failure ?? 'unexpected'}`)}
      </span>
      {entry.failure === 'merged' && isClosed ? null : (
        <>
          <Button size="sm" onClick={() => outbox.retry(entry.clientId)}>
            {t('delivery.retry')}
          </Button>
          <Button size="sm" variant="ghost" onClick={() => edit(entry)}>
            {t('delivery.edit')}
          </Button>
        </>
      )}
    </div>
  )
}
