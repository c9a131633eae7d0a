import type { CustomerField } from '@sarai/api'
import { FIELD_KINDS, FIELD_NAME_LENGTH_MAX } from '@sarai/api/customer/schema'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { type NameRefusal, toNameRefusal } from '../../lib/name-refusal.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { CheckboxField } from '../../ui/checkbox-field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { Select } from '../../ui/select.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { useCustomerCache } from './use-customer-cache.ts'

interface FieldDialogProps {
  /** Left out: a new one. */
  field?: CustomerField
  onClose: () => void
}
type Errors = Partial<Record<'name' | 'options', string>>

/** A field's name, its kind (chosen once), its choices, and whether new customers need it. */
export function FieldDialog({ field, onClose }: FieldDialogProps) {
  const t = useTranslations('customer.fieldSettings')
  const [name, setName] = useState(field?.name ?? '')
  const [kind, setKind] = useState(field?.kind ?? 'text')
  const [lines, setLines] = useState(field?.options.join('\n') ?? '')
  const [required, setRequired] = useState(field?.required ?? false)
  const [errors, setErrors] = useState<Errors>({})
  const { save, isSaving } = useSaveField(field, {
    onDone: onClose,
    onRefused: (where, why) => setErrors({ [where]: t(why) }),
  })
  function submit(): void {
    const options = readLines(lines)
    const wrong: Errors = {
      ...(name.trim() === '' && { name: t('nameMissing') }),
      ...(kind === 'choice' && options.length === 0 && { options: t('optionsMissing') }),
    }
    setErrors(wrong)
    if (Object.keys(wrong).length === 0) save({ name, kind, required, ...(kind === 'choice' && { options }) })
  }
  return (
    <FormDialog
      title={t(field ? 'editTitle' : 'new')}
      submitLabel={t(field ? 'save' : 'add')}
      isBusy={isSaving}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t('name')}
        dir="auto"
        maxLength={FIELD_NAME_LENGTH_MAX}
        value={name}
        error={errors.name}
        onChange={(event) => setName(event.target.value)}
      />
      <div className="flex flex-col gap-1">
        <span aria-hidden className="text-sm font-medium">
          {t('kind')}
        </span>
        <Select
          label={t('kind')}
          isDisabled={field !== undefined}
          value={kind}
          options={FIELD_KINDS.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          onChange={setKind}
        />
      </div>
      {kind === 'choice' ? (
        <TextArea
          label={t('options')}
          dir="auto"
          rows={4}
          value={lines}
          error={errors.options}
          onChange={(event) => setLines(event.target.value)}
        />
      ) : null}
      <RequiredBox isRequired={required} onChange={setRequired} />
    </FormDialog>
  )
}

interface RequiredBoxProps {
  isRequired: boolean
  onChange: (isRequired: boolean) => void
}

function RequiredBox({ isRequired, onChange }: RequiredBoxProps) {
  const t = useTranslations('customer.fieldSettings')
  return (
    <CheckboxField
      label={t('required')}
      checked={isRequired}
      onChange={(event) => onChange(event.target.checked)}
    />
  )
}

/** Each choice once, empty lines left out. */
function readLines(text: string): string[] {
  return [...new Set(text.split('\n').map((line) => line.trim()))].filter((line) => line !== '')
}

interface SaveHooks {
  onDone: () => void
  onRefused: (where: 'name' | 'options', why: NameRefusal | 'optionsMissing') => void
}
type Values = Pick<CustomerField, 'name' | 'kind' | 'required'> & { options?: string[] }

function useSaveField(field: CustomerField | undefined, { onDone, onRefused }: SaveHooks) {
  const trpc = useTrpc()
  const { queryClient } = useCustomerCache()
  const options = {
    meta: { errors: 'form' as const },
    onSuccess: () => {
      void queryClient.invalidateQueries(trpc.customer.pathFilter())
      onDone()
    },
    onError: (error: unknown) => {
      if (reactTo(error).kind === 'fields') onRefused('options', 'optionsMissing')
      const refusal = toNameRefusal(error)
      if (refusal) onRefused('name', refusal)
    },
  }
  const create = useMutation(trpc.customer.field.create.mutationOptions(options))
  const update = useMutation(trpc.customer.field.update.mutationOptions(options))
  return {
    isSaving: create.isPending || update.isPending,
    save: ({ kind, ...values }: Values) =>
      field ? update.mutate({ id: field.id, ...values }) : create.mutate({ kind, ...values }),
  }
}
