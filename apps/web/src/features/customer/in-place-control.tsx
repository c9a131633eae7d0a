import { CUSTOMER_ABOUT_LENGTH_MAX, FIELD_VALUE_LENGTH_MAX } from '@sarai/api/customer/schema'
import type { FieldValue } from '@sarai/api'
import X from 'lucide-react/icons/x'
import { type KeyboardEvent, type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from '../../ui/icon-button.tsx'
import { Select } from '../../ui/select.tsx'
import { TextArea } from '../../ui/text-area.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { fromText, type InPlaceTarget, isChosen } from './in-place-target.ts'
import { useOptionsOf } from './use-options-of.ts'
import { useOwners } from './use-owners.ts'

export interface InPlaceControlProps {
  label: string
  target: InPlaceTarget
  initial: string
  error: ReactNode
  isSaving: boolean
  onSave: (value: FieldValue | null) => void
  onCancel: () => void
}

/** What fits the field: Enter or going elsewhere saves, Escape leaves everything as it was. */
export function InPlaceControl(props: InPlaceControlProps) {
  const { target } = props
  if (isChosen(target)) return <Choice {...props} />
  return <Typed {...props} isLong={'detail' in target && target.detail === 'about'} />
}

function Typed({ isLong, ...props }: InPlaceControlProps & { isLong: boolean }) {
  const { label, target, initial, error, isSaving, onSave, onCancel } = props
  const [text, setText] = useState(initial)
  function onKeyDown(event: KeyboardEvent): void {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'Escape') onCancel()
    else if (event.key === 'Enter' && (!isLong || event.ctrlKey || event.metaKey))
      onSave(fromText(target, text))
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  const control = {
    label,
    isLabelHidden: true,
    error,
    value: text,
    readOnly: isSaving,
    'aria-busy': isSaving,
    onKeyDown,
    onBlur: () => {
      // An error stays in sight until it is mended or given up.
      if (!error || text !== initial) onSave(fromText(target, text))
    },
  }
  if (isLong) {
    return (
      <TextArea
        {...control}
        ref={focusOnce}
        dir="auto"
        maxLength={CUSTOMER_ABOUT_LENGTH_MAX}
        onChange={(event) => setText(event.target.value)}
      />
    )
  }
  return (
    <TextField
      {...control}
      {...attributesOf(target)}
      ref={focusOnce}
      autoComplete="off"
      onChange={(event) => setText(event.target.value)}
    />
  )
}

/** The pencil that was pressed is gone; the field in its place takes the focus. */
function focusOnce(element: HTMLElement | null): void {
  element?.focus()
}

/** What makes a text input fit the kind of the field. */
export function attributesOf(target: InPlaceTarget) {
  if ('own' in target) {
    const { kind } = target.own
    if (kind === 'date') return { type: 'date' }
    if (kind === 'number') return { inputMode: 'decimal' as const, dir: 'ltr' }
    return { dir: 'auto', maxLength: FIELD_VALUE_LENGTH_MAX }
  }
  if ('owners' in target) return {}
  if (target.detail === 'phone') return { type: 'tel', dir: 'ltr' }
  if (target.detail === 'email') return { type: 'email', dir: 'ltr', spellCheck: false }
  return { dir: 'auto' }
}

const NONE = 'none'

function Choice({ label, target, initial, error, isSaving, onSave, onCancel }: InPlaceControlProps) {
  const t = useTranslations('customer.inPlace')
  const tc = useTranslations('common.action')
  const options = useOptions(target)
  return (
    <div>
      <div className="flex items-center gap-1">
        <Select
          label={label}
          className="w-full"
          isDisabled={isSaving}
          value={initial === '' ? NONE : initial}
          options={[{ value: NONE, label: t('none') }, ...options]}
          onChange={(value) => onSave(value === NONE ? null : fromText(target, value))}
        />
        <IconButton size="sm" label={tc('cancel')} onClick={onCancel}>
          <X aria-hidden />
        </IconButton>
      </div>
      {error ? (
        <p role="alert" className="mt-1 text-sm text-danger-text">
          {error}
        </p>
      ) : null}
    </div>
  )
}

function useOptions(target: InPlaceTarget) {
  const optionsOf = useOptionsOf()
  const { nameOf } = useOwners()
  if ('own' in target) return optionsOf(target.own)
  if (!('owners' in target)) return []
  return target.owners
    .filter(({ hasLeft }) => !hasLeft)
    .map((owner) => ({ value: owner.id, label: nameOf(owner) }))
}
