import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Select } from '../../ui/select.tsx'
import type { CountedTag } from './tag-settings.tsx'
import { useCustomerCache } from './use-customer-cache.ts'

interface MergeTagDialogProps {
  tag: CountedTag
  tags: readonly CountedTag[]
  onClose: () => void
}

/** Everybody with the one tag gets the other instead. */
export function MergeTagDialog({ tag, tags, onClose }: MergeTagDialogProps) {
  const t = useTranslations('customer.tagSettings')
  const tc = useTranslations('common.action')
  const trpc = useTrpc()
  const { queryClient } = useCustomerCache()
  const others = tags.filter(({ id }) => id !== tag.id)
  const [intoId, setIntoId] = useState(others[0]?.id ?? '')
  const merge = useMutation(
    trpc.customer.tag.merge.mutationOptions({
      onSuccess: (into) => {
        void queryClient.invalidateQueries(trpc.customer.pathFilter())
        showToast({ title: t('merged', { from: tag.name, into: into.name }), tone: 'success' })
        onClose()
      },
    }),
  )
  return (
    <Dialog
      size="sm"
      isOpen
      onOpenChange={onClose}
      title={t('mergeTitle', { tag: tag.name })}
      description={t('mergeText', { tag: tag.name, count: tag.customersCount })}
      footer={
        <>
          <Button onClick={onClose}>{tc('cancel')}</Button>
          <Button
            variant="primary"
            isBusy={merge.isPending}
            onClick={() => merge.mutate({ fromId: tag.id, intoId })}
          >
            {t('mergeDo')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-1">
        <span aria-hidden className="text-sm font-medium">
          {t('mergeInto')}
        </span>
        <Select
          label={t('mergeInto')}
          value={intoId}
          options={others.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={setIntoId}
        />
      </div>
    </Dialog>
  )
}
