import type { Team } from '@sarai/api'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'

export function DeleteTeamDialog({ team, onClose }: { team: Team; onClose: () => void }) {
  const t = useTranslations('team')
  const tc = useTranslations('common.action')
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const remove = useMutation(
    trpc.team.delete.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.team.pathFilter())
        showToast({ title: t('deleted', { team: team.name }) })
        onClose()
      },
    }),
  )
  return (
    <Dialog
      size="sm"
      isOpen
      onOpenChange={onClose}
      title={t('deleteTitle', { team: team.name })}
      description={t('deleteText')}
      footer={
        <>
          <Button onClick={onClose}>{tc('cancel')}</Button>
          <Button variant="danger" isBusy={remove.isPending} onClick={() => remove.mutate({ id: team.id })}>
            {t('deleteDo')}
          </Button>
        </>
      }
    >
      {null}
    </Dialog>
  )
}
