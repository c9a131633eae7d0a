import Search from 'lucide-react/icons/search'
import X from 'lucide-react/icons/x'
import type { RefObject } from 'react'
import { IconButton } from './icon-button.tsx'
import { TextField } from './text-field.tsx'

interface SearchFieldProps {
  field?: RefObject<HTMLInputElement | null>
  /** What is looked for and where; stands in the field while it is empty. */
  label: string
  /** What the button is called that empties it; left out: there is none. */
  clearLabel?: string
  value: string
  maxLength?: number
  className?: string
  onChange: (text: string) => void
}

/** A search that narrows what is below it. Escape empties it, and leaves it when it is empty. */
export function SearchField({ field, label, clearLabel, value, onChange, ...input }: SearchFieldProps) {
  return (
    <TextField
      {...input}
      ref={field}
      label={label}
      isLabelHidden
      type="search"
      placeholder={label}
      value={value}
      onChange={({ target }) => onChange(target.value)}
      onKeyDown={({ key, currentTarget }) => {
        if (key === 'Escape' && value === '') currentTarget.blur()
      }}
      before={<Search aria-hidden />}
      after={
        clearLabel === undefined || value === '' ? null : (
          <IconButton size="sm" label={clearLabel} onClick={() => onChange('')}>
            <X aria-hidden />
          </IconButton>
        )
      }
    />
  )
}
