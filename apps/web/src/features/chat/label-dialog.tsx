import type { Label } from '@sarai/api'
import { LABEL_COLORS, LABEL_NAME_LENGTH_MAX, type LabelColor } from '@sarai/api/label/schema'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { type NameRefusal, toNameRefusal } from '../../lib/name-refusal.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { NameAndColorDialog } from '../../ui/name-and-color-dialog.tsx'

interface LabelDialogProps {
  /** Left out: a new one. */
  label?: Label
  onClose: () => void
}

/** A label's name and its colour. */
export function LabelDialog({ label, onClose }: LabelDialogProps) {
  const t = useTranslations('label')
  const { save, isSaving, refusal, forgetRefusal } = useSaveLabel(label, onClose)
  return (
    <NameAndColorDialog
      title={t(label ? 'editTitle' : 'new')}
      words={{ name: t('name'), color: t('color'), nameMissing: t('nameMissing'), save: t('save') }}
      value={label}
      colors={LABEL_COLORS}
      nameLengthMax={LABEL_NAME_LENGTH_MAX}
      isBusy={isSaving}
      refusal={refusal && t(refusal)}
      onRefusalSeen={forgetRefusal}
      onSave={save}
      onClose={onClose}
    />
  )
}

function useSaveLabel(label: Label | undefined, onDone: () => void) {
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const [refusal, setRefusal] = useState<NameRefusal>()
  const options = {
    meta: { errors: 'form' as const },
    onSuccess: () => {
      void queryClient.invalidateQueries(trpc.label.pathFilter())
      onDone()
    },
    onError: (error: unknown) => setRefusal(toNameRefusal(error)),
  }
  const create = useMutation(trpc.label.create.mutationOptions(options))
  const update = useMutation(trpc.label.update.mutationOptions(options))
  return {
    refusal,
    forgetRefusal: () => setRefusal(undefined),
    isSaving: create.isPending || update.isPending,
    save: (values: { name: string; color: LabelColor }) =>
      label ? update.mutate({ id: label.id, ...values }) : create.mutate(values),
  }
}
