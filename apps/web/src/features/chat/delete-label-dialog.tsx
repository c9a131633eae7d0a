import type { Label } from '@sarai/api'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TagChip } from '../../ui/tag-chip.tsx'

export function DeleteLabelDialog({ label, onClose }: { label: Label; onClose: () => void }) {
  const t = useTranslations('label')
  const tc = useTranslations('common.action')
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
    <Dialog
      size="sm"
      isOpen
      onOpenChange={onClose}
      title={t('deleteTitle', { label: label.name })}
      description={t('deleteText')}
      footer={
        <>
          <Button onClick={onClose}>{tc('cancel')}</Button>
          <Button variant="danger" isBusy={remove.isPending} onClick={() => remove.mutate({ id: label.id })}>
            {t('deleteDo')}
          </Button>
        </>
      }
    >
      <TagChip name={label.name} color={label.color} />
    </Dialog>
  )
}
