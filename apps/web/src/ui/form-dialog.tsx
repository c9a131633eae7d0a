import { type SubmitEvent, useId } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './button.tsx'
import { Dialog, type DialogProps } from './dialog.tsx'

interface FormDialogProps extends Pick<DialogProps, 'title' | 'description' | 'children'> {
  size?: 'sm' | 'md'
  submitLabel: string
  isBusy: boolean
  onSubmit: () => void
  onClose: () => void
}

/** A small form that is open while it is drawn: Enter sends it, Escape and "Cancel" leave it. */
export function FormDialog(props: FormDialogProps) {
  const { submitLabel, isBusy, onSubmit, onClose, children, size = 'sm', ...dialog } = props
  const t = useTranslations('common.action')
  const id = useId()
  function submit(event: SubmitEvent): void {
    event.preventDefault()
    onSubmit()
  }
  return (
    <Dialog
      {...dialog}
      size={size}
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button type="submit" form={id} variant="primary" isBusy={isBusy}>
            {submitLabel}
          </Button>
        </>
      }
    >
      <form id={id} noValidate onSubmit={submit} className="flex flex-col gap-4">
        {children}
      </form>
    </Dialog>
  )
}
