import type { Label } from '@sarai/api'
import { LABEL_COLORS, LABEL_NAME_LENGTH_MAX, type LabelColor } from '@sarai/api/label/schema'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { ColorChoice } from '../../ui/color-choice.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'

interface LabelDialogProps {
  /** Left out: a new one. */
  label?: Label
  onClose: () => void
}

/** A label's name and its colour. */
export function LabelDialog({ label, onClose }: LabelDialogProps) {
  const t = useTranslations('label')
  const tc = useTranslations('common.action')
  const tColor = useTranslations('customer.tagSettings.colors')
  const id = useId()
  const [name, setName] = useState(label?.name ?? '')
  const [color, setColor] = useState<LabelColor>(label?.color ?? 'gray')
  const [error, setError] = useState<string>()
  const { save, isSaving } = useSaveLabel(label, { onDone: onClose, onRefused: (why) => setError(t(why)) })
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
      title={t(label ? 'editTitle' : 'new')}
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
          maxLength={LABEL_NAME_LENGTH_MAX}
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
          colors={LABEL_COLORS}
          nameOf={(each) => tColor(each)}
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

function useSaveLabel(label: Label | undefined, { onDone, onRefused }: SaveHooks) {
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const options = {
    meta: { errors: 'form' as const },
    onSuccess: () => {
      void queryClient.invalidateQueries(trpc.label.pathFilter())
      onDone()
    },
    onError: (error: unknown) => {
      const reaction = reactTo(error)
      if (reaction.kind !== 'conflict') return
      onRefused(reaction.details['field'] === 'name' ? 'nameTaken' : 'tooMany')
    },
  }
  const create = useMutation(trpc.label.create.mutationOptions(options))
  const update = useMutation(trpc.label.update.mutationOptions(options))
  return {
    isSaving: create.isPending || update.isPending,
    save: (values: { name: string; color: LabelColor }) =>
      label ? update.mutate({ id: label.id, ...values }) : create.mutate(values),
  }
}
