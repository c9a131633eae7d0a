import Eye from 'lucide-react/icons/eye'
import EyeOff from 'lucide-react/icons/eye-off'
import { type SubmitEvent, type KeyboardEvent, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { signIn, type SignInRefusal } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { Credentials } from './demo-accounts.ts'

interface SignInFormProps {
  credentials: Credentials
  onChange: (credentials: Credentials) => void
  onSignedIn: () => Promise<void>
}

type Missing = Partial<Record<keyof Credentials, boolean>>

/** The error stands beside the form and stays until something is changed; what was typed stays too. */
export function SignInForm({ credentials, onChange, onSignedIn }: SignInFormProps) {
  const t = useTranslations('auth')
  const form = useRef<HTMLFormElement>(null)
  const [refusal, setRefusal] = useState<SignInRefusal | null>(null)
  const [missing, setMissing] = useState<Missing>({})
  const [isBusy, setBusy] = useState(false)

  function change(part: Partial<Credentials>): void {
    onChange({ ...credentials, ...part })
    setRefusal(null)
    setMissing({})
  }

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault()
    if (isBusy) return
    const empty = { email: credentials.email.trim() === '', password: credentials.password === '' }
    setMissing(empty)
    const firstEmpty = empty.email ? 'email' : empty.password ? 'password' : null
    if (firstEmpty) {
      focusField(form.current, firstEmpty)
      return
    }
    setBusy(true)
    const refused = await signIn({ email: credentials.email.trim(), password: credentials.password })
    if (refused === null) await onSignedIn()
    setBusy(false)
    setRefusal(refused)
    if (refused === 'wrong') focusField(form.current, 'password')
  }

  return (
    <form ref={form} noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <p
        role="alert"
        className={refusal ? 'rounded-md bg-danger-soft px-3 py-2 text-sm text-danger-text' : 'sr-only'}
      >
        {refusal ? t(refusal) : null}
      </p>
      <TextField
        label={t('email')}
        name="email"
        type="email"
        dir="ltr"
        inputMode="email"
        autoComplete="username"
        autoFocus
        spellCheck={false}
        value={credentials.email}
        error={missing.email ? t('emailMissing') : undefined}
        onChange={(event) => change({ email: event.target.value })}
      />
      <PasswordField
        value={credentials.password}
        error={missing.password ? t('passwordMissing') : undefined}
        onChange={(password) => change({ password })}
      />
      <Button type="submit" variant="primary" size="lg" isBusy={isBusy} className="mt-1">
        {t('signIn')}
      </Button>
    </form>
  )
}

interface PasswordFieldProps {
  value: string
  error: string | undefined
  onChange: (value: string) => void
}

function PasswordField({ value, error, onChange }: PasswordFieldProps) {
  const t = useTranslations('auth')
  const [isShown, setShown] = useState(false)
  const [hasCapsLock, setCapsLock] = useState(false)
  const watchCapsLock = (event: KeyboardEvent) => setCapsLock(event.getModifierState('CapsLock'))
  const Icon = isShown ? EyeOff : Eye
  return (
    <TextField
      label={t('password')}
      name="password"
      type={isShown ? 'text' : 'password'}
      dir="ltr"
      autoComplete="current-password"
      spellCheck={false}
      autoCapitalize="none"
      value={value}
      error={error}
      hint={<span aria-live="polite">{hasCapsLock ? t('capsLock') : null}</span>}
      onKeyDown={watchCapsLock}
      onKeyUp={watchCapsLock}
      onBlur={() => setCapsLock(false)}
      onChange={(event) => onChange(event.target.value)}
      after={
        <IconButton
          size="sm"
          label={t(isShown ? 'hidePassword' : 'showPassword')}
          onClick={() => setShown(!isShown)}
        >
          <Icon aria-hidden />
        </IconButton>
      }
    />
  )
}

function focusField(form: HTMLFormElement | null, name: keyof Credentials): void {
  const field = form?.elements.namedItem(name)
  if (field instanceof HTMLInputElement) field.focus()
}
