import { SNOOZE_DAYS_MAX } from '@sarai/api/chat/schema'
import { type SubmitEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { readSnoozeTime, suggestSnoozeTime } from './snooze-times.ts'

interface SnoozeDialogProps {
  onClose: () => void
  onSnooze: (until: Date) => void
  /** Left out: on the clock of whoever chooses it. */
  timeZone?: string | undefined
  /** Left out: those of a snooze. */
  title?: string
  submitLabel?: string
}

/** Any day and time. */
export function SnoozeDialog({ onClose, onSnooze, timeZone, title, submitLabel }: SnoozeDialogProps) {
  const t = useTranslations('chat.snooze')
  const tc = useTranslations('common.action')
  const id = useId()
  const [text, setText] = useState(() => suggestSnoozeTime(new Date(), timeZone))
  const [error, setError] = useState<string>()
  function submit(event: SubmitEvent): void {
    event.preventDefault()
    const chosen = readSnoozeTime(text, new Date(), timeZone)
    if (typeof chosen === 'string') return setError(t(chosen, { days: SNOOZE_DAYS_MAX }))
    onSnooze(chosen)
    onClose()
  }
  return (
    <Dialog
      size="sm"
      isOpen
      onOpenChange={onClose}
      title={title ?? t('chooseTitle')}
      footer={
        <>
          <Button onClick={onClose}>{tc('cancel')}</Button>
          <Button type="submit" form={id} variant="primary">
            {submitLabel ?? t('chooseDo')}
          </Button>
        </>
      }
    >
      <form id={id} noValidate onSubmit={submit}>
        <TextField
          type="datetime-local"
          label={t('chooseTime')}
          value={text}
          error={error}
          onChange={(event) => {
            setText(event.target.value)
            setError(undefined)
          }}
        />
      </form>
    </Dialog>
  )
}
