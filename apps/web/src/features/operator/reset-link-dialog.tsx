import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { globalTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { CopyBox } from '../../ui/copy-box.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { ListedUser } from './user-table.tsx'

interface ResetLinkDialogProps {
  user: ListedUser
  onClose: () => void
}

/** The link is made when it is asked for, shown here and nowhere again. */
export function ResetLinkDialog({ user: { name, email }, onClose }: ResetLinkDialogProps) {
  const t = useTranslations('operator.user')
  const common = useTranslations('common')
  const { data, isPending, mutate } = useMutation(globalTrpc.operator.person.makeResetLink.mutationOptions())
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t('resetLinkTitle', { name })}
      footer={
        data ? (
          <Button variant="primary" onClick={onClose}>
            {common('action.close')}
          </Button>
        ) : (
          <>
            <Button onClick={onClose}>{common('action.cancel')}</Button>
            <Button variant="primary" isBusy={isPending} onClick={() => mutate({ email })}>
              {t('makeLink')}
            </Button>
          </>
        )
      }
    >
      <div className="flex flex-col gap-4 text-sm">
        <p className="text-text-muted">
          {data ? t('resetLinkText', { email, minutes: String(data.minutes) }) : t('resetLinkAsk', { email })}
        </p>
        {data ? <CopyBox label={t('theLink')} value={data.link} /> : null}
      </div>
    </Dialog>
  )
}
