import type { Label } from '@sarai/api'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { DeleteDialog } from '../../ui/delete-dialog.tsx'
import { TagChip } from '../../ui/tag-chip.tsx'

export function DeleteLabelDialog({ label, onClose }: { label: Label; onClose: () => void }) {
  const t = useTranslations('label')
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const remove = useMutation(
    trpc.label.delete.mutationOptions({
      onSuccess: ({ conversationsCount: count }) => {
        void queryClient.invalidateQueries(trpc.label.pathFilter())
        showToast({ title: t('deleted', { label: label.name, count }) })
        onClose()
      },
    }),
  )
  return (
    <DeleteDialog
      title={t('deleteTitle', { label: label.name })}
      description={t('deleteText')}
      confirmLabel={t('deleteDo')}
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate({ id: label.id })}
      onClose={onClose}
    >
      <TagChip name={label.name} color={label.color} />
    </DeleteDialog>
  )
}
