import type { ScheduledMessage } from '@sarai/api'
import { SNOOZE_DAYS_MAX } from '@sarai/api/chat/schema'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useTrpc } from '../../lib/trpc.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { readSnoozeTime, suggestSnoozeTime, toTimeField } from './snooze-times.ts'
import { useTenantZone } from './use-tenant-zone.ts'

interface ScheduledDialogProps {
  item: ScheduledMessage
  getSeenSeq: () => number
  onClose: () => void
}

/** Other words or another time for what is not sent yet. */
export function ScheduledDialog({ item, getSeenSeq, onClose }: ScheduledDialogProps) {
  const t = useTranslations('chat.scheduled')
  const ts = useTranslations('chat.snooze')
  const tc = useTranslations('chat.composer')
  const trpc = useTrpc()
  const { timeZone, isOwn } = useTenantZone()
  const [body, setBody] = useState(item.body)
  const [time, setTime] = useState(() => firstTime(item, timeZone))
  const [errors, setErrors] = useState<{ body?: string; time?: string }>({})
  const update = useMutation(trpc.scheduled.update.mutationOptions({ onSuccess: onClose }))

  function submit(): void {
    const at = readSnoozeTime(time, new Date(), timeZone)
    if (body.trim() === '' && item.attachments.length === 0) return setErrors({ body: tc('placeholder') })
    if (typeof at === 'string') return setErrors({ time: ts(at, { days: SNOOZE_DAYS_MAX }) })
    update.mutate({ scheduledId: item.id, body, sendAt: at.toISOString(), lastSeenSeq: getSeenSeq() })
  }

  return (
    <FormDialog
      size="md"
      title={t('editTitle')}
      submitLabel={t('save')}
      isBusy={update.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextArea
        label={t('text')}
        dir="auto"
        value={body}
        error={errors.body}
        onChange={(event) => setBody(event.target.value)}
      />
      <TextField
        type="datetime-local"
        label={isOwn ? t('at') : t('atIn', { zone: timeZone })}
        value={time}
        error={errors.time}
        onChange={(event) => setTime(event.target.value)}
      />
    </FormDialog>
  )
}

/** Its own, unless that is over: then tomorrow morning. */
function firstTime({ sendAt }: ScheduledMessage, timeZone: string): string {
  const at = new Date(sendAt)
  const now = new Date()
  return at > now ? toTimeField(at, timeZone) : suggestSnoozeTime(now, timeZone)
}
