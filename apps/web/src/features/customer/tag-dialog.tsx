import type { CustomerTag } from '@sarai/api'
import { TAG_COLORS, TAG_NAME_LENGTH_MAX, type TagColor } from '@sarai/api/customer/schema'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { type NameRefusal, toNameRefusal } from '../../lib/name-refusal.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { NameAndColorDialog } from '../../ui/name-and-color-dialog.tsx'
import { useCustomerCache } from './use-customer-cache.ts'

interface TagDialogProps {
  /** Left out: a new one. */
  tag?: CustomerTag
  onClose: () => void
}

/** A tag's name and its colour. */
export function TagDialog({ tag, onClose }: TagDialogProps) {
  const t = useTranslations('customer.tagSettings')
  const { save, isSaving, refusal, forgetRefusal } = useSaveTag(tag, onClose)
  return (
    <NameAndColorDialog
      title={t(tag ? 'editTitle' : 'new')}
      words={{ name: t('name'), color: t('color'), nameMissing: t('nameMissing'), save: t('save') }}
      value={tag}
      colors={TAG_COLORS}
      nameLengthMax={TAG_NAME_LENGTH_MAX}
      isBusy={isSaving}
      refusal={refusal && t(refusal)}
      onRefusalSeen={forgetRefusal}
      onSave={save}
      onClose={onClose}
    />
  )
}

function useSaveTag(tag: CustomerTag | undefined, onDone: () => void) {
  const trpc = useTrpc()
  const { queryClient } = useCustomerCache()
  const [refusal, setRefusal] = useState<NameRefusal>()
  const options = {
    meta: { errors: 'form' as const },
    onSuccess: () => {
      void queryClient.invalidateQueries(trpc.customer.pathFilter())
      onDone()
    },
    onError: (error: unknown) => setRefusal(toNameRefusal(error)),
  }
  const create = useMutation(trpc.customer.tag.create.mutationOptions(options))
  const update = useMutation(trpc.customer.tag.update.mutationOptions(options))
  return {
    refusal,
    forgetRefusal: () => setRefusal(undefined),
    isSaving: create.isPending || update.isPending,
    save: (values: { name: string; color: TagColor }) =>
      tag ? update.mutate({ id: tag.id, ...values }) : create.mutate(values),
  }
}
