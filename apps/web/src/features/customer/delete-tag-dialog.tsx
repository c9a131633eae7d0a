import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TagChip } from '../../ui/tag-chip.tsx'
import type { CountedTag } from './tag-settings.tsx'
import { useCustomerCache } from './use-customer-cache.ts'

/** Says how many lose the tag before it goes. */
export function DeleteTagDialog({ tag, onClose }: { tag: CountedTag; onClose: () => void }) {
  const t = useTranslations('customer.tagSettings')
  const tc = useTranslations('common.action')
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
    <Dialog
      size="sm"
      isOpen
      onOpenChange={onClose}
      title={t('deleteTitle', { tag: tag.name })}
      description={t('deleteText', { count: tag.customersCount })}
      footer={
        <>
          <Button onClick={onClose}>{tc('cancel')}</Button>
          <Button variant="danger" isBusy={remove.isPending} onClick={() => remove.mutate({ id: tag.id })}>
            {t('deleteDo')}
          </Button>
        </>
      }
    >
      <TagChip name={tag.name} color={tag.color} />
    </Dialog>
  )
}
