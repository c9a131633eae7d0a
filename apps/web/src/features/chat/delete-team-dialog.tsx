import type { Team } from '@sarai/api'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { DeleteDialog } from '../../ui/delete-dialog.tsx'

export function DeleteTeamDialog({ team, onClose }: { team: Team; onClose: () => void }) {
  const t = useTranslations('team')
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
    <DeleteDialog
      title={t('deleteTitle', { team: team.name })}
      description={t('deleteText')}
      confirmLabel={t('deleteDo')}
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate({ id: team.id })}
      onClose={onClose}
    />
  )
}
