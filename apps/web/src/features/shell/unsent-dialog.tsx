import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

interface UnsentDialogProps {
  count: number
  onStay: () => void
  onLeave: () => void
}

/** Asked because it cannot be undone: what has not been sent stands in this browser alone. */
export function UnsentDialog({ count, onStay, onLeave }: UnsentDialogProps) {
  const t = useTranslations('common.unsent')
  return (
    <Dialog
      size="sm"
      isOpen
      onOpenChange={onStay}
      title={t('title', { count })}
      footer={
        <>
          <Button onClick={onStay}>{t('stay')}</Button>
          <Button variant="danger" onClick={onLeave}>
            {t('leave')}
          </Button>
        </>
      }
    >
      <p className="text-sm text-text-muted">{t('text')}</p>
    </Dialog>
  )
}
