import type { CustomerField, FieldValue } from '@sarai/api'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useTrpc } from '../../lib/trpc.ts'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { attributesOf } from './in-place-control.tsx'
import { fromText } from './in-place-target.ts'
import { Labelled } from './labelled.tsx'
import { useOptionsOf } from './use-options-of.ts'

interface RequiredFields {
  fields: readonly CustomerField[]
  texts: Readonly<Record<string, string>>
  setText: (id: string, text: string) => void
  /** As the server takes them; what is empty is left out, and refused there. */
  values: Record<string, FieldValue>
}

/** The fields that this business wants of every new customer, and what has been written into them. */
export function useRequiredFields(): RequiredFields {
  const trpc = useTrpc()
  const { data } = useQuery(trpc.customer.field.list.queryOptions())
  const [texts, setTexts] = useState<Record<string, string>>({})
  const fields = data?.items.filter(({ required, archivedAt }) => required && archivedAt === null) ?? []
  const values = fields.flatMap((own) => {
    const value = fromText({ own }, texts[own.id] ?? '')
    return value === null ? [] : [[own.id, value] as const]
  })
  return {
    fields,
    texts,
    setText: (id, text) => setTexts((before) => ({ ...before, [id]: text })),
    values: Object.fromEntries(values),
  }
}

interface RequiredFieldInputsProps extends Omit<RequiredFields, 'values'> {
  /** Ids of those that the server refused. */
  refused: readonly string[]
}

export function RequiredFieldInputs({ fields, texts, setText, refused }: RequiredFieldInputsProps) {
  const t = useTranslations('customer.form')
  return fields.map((field) => {
    const text = texts[field.id] ?? ''
    const refusal = text === '' ? t('fieldMissing') : t('invalid')
    return (
      <RequiredFieldInput
        key={field.id}
        field={field}
        text={text}
        error={refused.includes(field.id) ? refusal : undefined}
        onChange={(next) => setText(field.id, next)}
      />
    )
  })
}

interface RequiredFieldInputProps {
  field: CustomerField
  text: string
  error: string | undefined
  onChange: (text: string) => void
}

const NONE = 'none'

function RequiredFieldInput({ field, text, error, onChange }: RequiredFieldInputProps) {
  const t = useTranslations('customer.inPlace')
  const optionsOf = useOptionsOf()
  const { name, kind } = field
  if (kind !== 'choice' && kind !== 'boolean') {
    return (
      <TextField
        label={name}
        error={error}
        required
        autoComplete="off"
        value={text}
        {...attributesOf({ own: field })}
        onChange={(event) => onChange(event.target.value)}
      />
    )
  }
  return (
    <Labelled label={name} error={error}>
      <Select
        label={name}
        value={text === '' ? NONE : text}
        options={[{ value: NONE, label: t('none') }, ...optionsOf(field)]}
        onChange={(next) => onChange(next === NONE ? '' : next)}
      />
    </Labelled>
  )
}
