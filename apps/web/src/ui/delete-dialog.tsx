import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from './button.tsx'
import { Dialog, type DialogProps } from './dialog.tsx'

interface DeleteDialogProps extends Pick<DialogProps, 'title' | 'description'> {
  confirmLabel: string
  isBusy: boolean
  onConfirm: () => void
  onClose: () => void
  /** What it is about, if the title does not show it. */
  children?: ReactNode
}

/** Asks once more before something goes; it is open while it is drawn. */
export function DeleteDialog({
  confirmLabel,
  isBusy,
  onConfirm,
  onClose,
  children,
  ...dialog
}: DeleteDialogProps) {
  const t = useTranslations('common.action')
  return (
    <Dialog
      {...dialog}
      size="sm"
      isOpen
      onOpenChange={onClose}
      footer={
        <>
          <Button onClick={onClose}>{t('cancel')}</Button>
          <Button variant="danger" isBusy={isBusy} onClick={onConfirm}>
            {confirmLabel}
          </Button>
        </>
      }
    >
      {children}
    </Dialog>
  )
}
