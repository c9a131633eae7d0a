import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { showToast } from '../../lib/toast.ts'
import { globalTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import type { ListedUser } from './user-table.tsx'

interface TwoFactorOffDialogProps {
  user: ListedUser
  isOpen: boolean
  onClose: () => void
}

/** Asked first: afterwards a password alone lets somebody in. */
export function TwoFactorOffDialog({ user, isOpen, onClose }: TwoFactorOffDialogProps) {
  const t = useTranslations('operator.user')
  const common = useTranslations('common')
  const queryClient = useQueryClient()
  const { name, email, userId } = user
  const { switchTwoFactorOff, ...router } = globalTrpc.operator.user
  const { mutate, isPending } = useMutation(
    switchTwoFactorOff.mutationOptions({
      onSuccess: () => showToast({ id: `user-${userId}`, title: t('twoFactorIsOff', { name }) }),
      onSettled: async () => {
        onClose()
        await queryClient.invalidateQueries(router.pathFilter())
      },
    }),
  )
  return (
    <Dialog
      size="sm"
      isOpen={isOpen}
      onOpenChange={onClose}
      title={t('twoFactorOffTitle', { name })}
      footer={
        <>
          <Button onClick={onClose}>{common('action.cancel')}</Button>
          <Button variant="danger" isBusy={isPending} onClick={() => mutate({ email })}>
            {t('twoFactorOff')}
          </Button>
        </>
      }
    >
      <p className="text-sm text-text-muted">{t('twoFactorOffText')}</p>
    </Dialog>
  )
}
