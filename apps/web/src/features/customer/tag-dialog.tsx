import type { CustomerTag } from '@sarai/api'
import { TAG_COLORS, TAG_NAME_LENGTH_MAX, type TagColor } from '@sarai/api/customer/schema'
import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { ColorChoice } from '../../ui/color-choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useCustomerCache } from './use-customer-cache.ts'

interface TagDialogProps {
  /** Left out: a new one. */
  tag?: CustomerTag
  onClose: () => void
}

/** A tag's name and its colour. */
export function TagDialog({ tag, onClose }: TagDialogProps) {
  const t = useTranslations('customer.tagSettings')
  const tc = useTranslations('common.action')
  const id = useId()
  const [name, setName] = useState(tag?.name ?? '')
  const [color, setColor] = useState<TagColor>(tag?.color ?? 'gray')
  const [error, setError] = useState<string>()
  const { save, isSaving } = useSaveTag(tag, { onDone: onClose, onRefused: (why) => setError(t(why)) })
  function submit(event: SubmitEvent): void {
    event.preventDefault()
    if (name.trim() === '') setError(t('nameMissing'))
    else save({ name, color })
  }
  return (
    <Dialog
      size="sm"
      isOpen
      onOpenChange={onClose}
      title={t(tag ? 'editTitle' : 'new')}
      footer={
        <>
          <Button onClick={onClose}>{tc('cancel')}</Button>
          <Button type="submit" form={id} variant="primary" isBusy={isSaving}>
            {t('save')}
          </Button>
        </>
      }
    >
      <form id={id} noValidate onSubmit={submit} className="flex flex-col gap-4">
        <TextField
          label={t('name')}
          dir="auto"
          maxLength={TAG_NAME_LENGTH_MAX}
          value={name}
          error={error}
          onChange={(event) => {
            setName(event.target.value)
            setError(undefined)
          }}
        />
        <ColorChoice
          legend={t('color')}
          value={color}
          colors={TAG_COLORS}
          nameOf={(each) => t(`colors.${each}`)}
          onChange={setColor}
        />
      </form>
    </Dialog>
  )
}

interface SaveHooks {
  onDone: () => void
  onRefused: (why: 'nameTaken' | 'tooMany') => void
}

function useSaveTag(tag: CustomerTag | undefined, { onDone, onRefused }: SaveHooks) {
  const trpc = useTrpc()
  const { queryClient } = useCustomerCache()
  const options = {
    meta: { errors: 'form' as const },
    onSuccess: () => {
      void queryClient.invalidateQueries(trpc.customer.pathFilter())
      onDone()
    },
    onError: (error: unknown) => {
      const reaction = reactTo(error)
      if (reaction.kind !== 'conflict') return
      onRefused(reaction.details['field'] === 'name' ? 'nameTaken' : 'tooMany')
    },
  }
  const create = useMutation(trpc.customer.tag.create.mutationOptions(options))
  const update = useMutation(trpc.customer.tag.update.mutationOptions(options))
  return {
    isSaving: create.isPending || update.isPending,
    save: (values: { name: string; color: TagColor }) =>
      tag ? update.mutate({ id: tag.id, ...values }) : create.mutate(values),
  }
}
