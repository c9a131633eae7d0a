import type { CustomerField, CustomerTag } from '@sarai/api'
import { FIELD_VALUE_LENGTH_MAX, FILTER_TAGS_MAX } from '@sarai/api/customer/schema'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { cx } from '../../ui/cx.ts'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import { ColorDot } from '../../ui/tag-chip.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { OwnFilter } from './customer-queries.ts'
import type { FilterDraft } from './filter-draft.ts'
import { fromText } from './in-place-target.ts'
import { Labelled } from './labelled.tsx'
import { useOptionsOf } from './use-options-of.ts'

interface TagsControlProps {
  tags: readonly CustomerTag[]
  draft: FilterDraft
  onChange: (draft: FilterDraft) => void
}

/** Tags to press, and whether any or all of them are meant. */
export function TagsControl({ tags, draft, onChange }: TagsControlProps) {
  const t = useTranslations('customer.filter')
  const chosen = draft.tags ?? []
  if (tags.length === 0) return null
  function toggle(id: string): void {
    const next = chosen.includes(id) ? chosen.filter((tag) => tag !== id) : [...chosen, id]
    onChange({ ...draft, tags: next.slice(0, FILTER_TAGS_MAX) })
  }
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="mb-1 text-sm font-medium">{t('tags')}</legend>
      <div className="flex max-h-32 flex-wrap gap-1.5 overflow-y-auto">
        {tags.map(({ id, name, color }) => (
          <button
            key={id}
            type="button"
            aria-pressed={chosen.includes(id)}
            onClick={() => toggle(id)}
            className={cx(
              'inline-flex h-7 items-center gap-1.5 rounded-full border px-2.5 text-xs font-medium pointer-coarse:h-9',
              chosen.includes(id)
                ? 'border-accent bg-selected text-text'
                : 'border-line-control text-text-muted',
            )}
          >
            <ColorDot color={color} />
            <bdi>{name}</bdi>
          </button>
        ))}
      </div>
      {chosen.length > 1 ? (
        <Segmented
          label={t('match')}
          value={draft.match ?? 'any'}
          options={[
            { value: 'any', label: t('any') },
            { value: 'all', label: t('all') },
          ]}
          onChange={(match) => {
            const { match: _before, ...rest } = draft
            onChange(match === 'all' ? { ...rest, match } : rest)
          }}
        />
      ) : null}
    </fieldset>
  )
}

const EITHER = 'either'

interface PresenceControlProps {
  label: string
  value: boolean | undefined
  onChange: (value: boolean | undefined) => void
}

/** Has one, has none, or either way. */
export function PresenceControl({ label, value, onChange }: PresenceControlProps) {
  const t = useTranslations('customer.filter')
  return (
    <Labelled label={label}>
      <Select
        label={label}
        value={value === undefined ? EITHER : String(value)}
        options={[
          { value: EITHER, label: t('either') },
          { value: 'true', label: t('has') },
          { value: 'false', label: t('hasNot') },
        ]}
        onChange={(next) => onChange(next === EITHER ? undefined : next === 'true')}
      />
    </Labelled>
  )
}

interface OwnControlProps {
  field: CustomerField
  value: OwnFilter
  onChange: (value: OwnFilter) => void
}

/** A field of the tenant's own: one of its choices, a range, or the text itself. */
export function OwnControl(props: OwnControlProps) {
  const { field, value, onChange } = props
  if (field.kind === 'choice' || field.kind === 'boolean') return <OneOf {...props} />
  if (field.kind === 'number' || field.kind === 'date') return <Range {...props} />
  return (
    <TextField
      label={field.name}
      dir="auto"
      maxLength={FIELD_VALUE_LENGTH_MAX}
      value={String(value.is ?? '')}
      onChange={(event) =>
        onChange({ id: field.id, ...(event.target.value.trim() && { is: event.target.value.trim() }) })
      }
    />
  )
}

function OneOf({ field, value, onChange }: OwnControlProps) {
  const t = useTranslations('customer.filter')
  const options = useOptionsOf()(field)
  return (
    <Labelled label={field.name}>
      <Select
        label={field.name}
        value={value.is === undefined ? EITHER : String(value.is)}
        options={[{ value: EITHER, label: t('either') }, ...options]}
        onChange={(next) => {
          const is = next === EITHER ? null : fromText({ own: field }, next)
          onChange({ id: field.id, ...(is !== null && { is }) })
        }}
      />
    </Labelled>
  )
}

function Range({ field, value, onChange }: OwnControlProps) {
  const t = useTranslations('customer.filter')
  const bound = (end: 'from' | 'to') => ({
    label: t(end),
    ...(field.kind === 'date' ? { type: 'date' } : { inputMode: 'decimal' as const, dir: 'ltr' }),
    defaultValue: String(value[end] ?? ''),
    onChange: (event: { target: { value: string } }) => {
      const { [end]: _before, ...rest } = value
      const next = fromText({ own: field }, event.target.value)
      onChange(next === null || typeof next === 'boolean' ? rest : { ...rest, [end]: next })
    },
  })
  return (
    <FieldSet label={field.name}>
      <TextField {...bound('from')} />
      <TextField {...bound('to')} />
    </FieldSet>
  )
}

export function FieldSet({ label, children }: { label: string; children: ReactNode }) {
  return (
    <fieldset>
      <legend className="mb-1 text-sm font-medium">
        <bdi>{label}</bdi>
      </legend>
      <div className="grid grid-cols-2 gap-4">{children}</div>
    </fieldset>
  )
}
