import Eye from 'lucide-react/icons/eye'
import EyeOff from 'lucide-react/icons/eye-off'
import { type KeyboardEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from './icon-button.tsx'
import { TextField } from './text-field.tsx'

export interface PasswordFieldProps {
  label: string
  name: string
  value: string
  error?: string | undefined
  hint?: string | undefined
  /** `new-password`: the browser offers to make one. */
  autoComplete: 'current-password' | 'new-password'
  autoFocus?: boolean
  onChange: (value: string) => void
}

/** A password that can be looked at, with a word when Caps Lock is on. */
export function PasswordField({ label, hint, onChange, ...input }: PasswordFieldProps) {
  const t = useTranslations('common.password')
  const [isShown, setShown] = useState(false)
  const [hasCapsLock, setCapsLock] = useState(false)
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))
  const Icon = isShown ? EyeOff : Eye
  return (
    <TextField
      {...input}
      label={label}
      type={isShown ? 'text' : 'password'}
      dir="ltr"
      spellCheck={false}
      autoCapitalize="none"
      hint={<span aria-live="polite">{hasCapsLock ? t('capsLock') : hint}</span>}
      onKeyDown={watchCapsLock}
      onKeyUp={watchCapsLock}
      onBlur={() => setCapsLock(false)}
      onChange={(event) => onChange(event.target.value)}
      after={
        <IconButton size="sm" label={t(isShown ? 'hide' : 'show')} onClick={() => setShown(!isShown)}>
          <Icon aria-hidden />
        </IconButton>
      }
    />
  )
}
