import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { DeleteDialog } from '../../ui/delete-dialog.tsx'
import { TagChip } from '../../ui/tag-chip.tsx'
import type { CountedTag } from './tag-settings.tsx'
import { useCustomerCache } from './use-customer-cache.ts'

/** Says how many lose the tag before it goes. */
export function DeleteTagDialog({ tag, onClose }: { tag: CountedTag; onClose: () => void }) {
  const t = useTranslations('customer.tagSettings')
  const trpc = useTrpc()
  const { queryClient } = useCustomerCache()
  const remove = useMutation(
    trpc.customer.tag.delete.mutationOptions({
      onSuccess: () => {
        void queryClient.invalidateQueries(trpc.customer.pathFilter())
        showToast({ title: t('deleted', { tag: tag.name }) })
        onClose()
      },
    }),
  )
  return (
    <DeleteDialog
      title={t('deleteTitle', { tag: tag.name })}
      description={t('deleteText', { count: tag.customersCount })}
      confirmLabel={t('deleteDo')}
      isBusy={remove.isPending}
      onConfirm={() => remove.mutate({ id: tag.id })}
      onClose={onClose}
    >
      <TagChip name={tag.name} color={tag.color} />
    </DeleteDialog>
  )
}
