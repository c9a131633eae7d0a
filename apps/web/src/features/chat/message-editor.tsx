import { messageLengthLeft } from '@sarai/api/chat/schema'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import type { TimelineMessage } from './timeline.ts'
import { useChangeMessage } from './use-change-message.ts'

/** In the place of the bubble: Enter saves, Escape leaves everything as it is. */
export function MessageEditor({ message, onClose }: { message: TimelineMessage; onClose: () => void }) {
  const t = useTranslations('chat.change')
  const tc = useTranslations('common.action')
  const [body, setBody] = useState(message.body)
  const field = useRef<HTMLTextAreaElement>(null)
  const { edit, error, isBusy } = useChangeMessage(message, onClose)
  const isValid = body.trim() !== '' && messageLengthLeft(body) >= 0
  useEffect(() => {
    field.current?.focus()
    field.current?.setSelectionRange(message.body.length, message.body.length)
  }, [message.body.length])
  function save(): void {
    if (body === message.body) onClose()
    else if (isValid) edit(body)
  }
  function onKeyDown(event: KeyboardEvent): void {
    if (event.key === 'Escape') onClose()
    else if (event.key === 'Enter' && !event.shiftKey && !event.nativeEvent.isComposing) save()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="flex w-96 max-w-full flex-col gap-2 rounded-xl border border-line-control bg-surface p-2 has-[textarea:focus-visible]:border-focus">
      <textarea
        ref={field}
        dir="auto"
        rows={2}
        aria-label={t('edit')}
        aria-invalid={!isValid || undefined}
        value={body}
        onChange={({ target }) => setBody(target.value)}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-60 w-full resize-none bg-transparent px-1 text-base outline-none"
      />
      {error ? (
        <p role="alert" className="text-xs text-danger-text">
          {error}
        </p>
      ) : null}
      <span className="flex justify-end gap-2">
        <Button size="sm" variant="ghost" onClick={onClose}>
          {tc('cancel')}
        </Button>
        <Button size="sm" variant="primary" isBusy={isBusy} disabled={!isValid} onClick={save}>
          {t('save')}
        </Button>
      </span>
    </div>
  )
}
