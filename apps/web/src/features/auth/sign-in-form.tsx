import { type SubmitEvent, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { signIn, type SignInOutcome } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { EmailField } from '../../ui/email-field.tsx'
import type { Credentials } from './demo-accounts.ts'
import { SignInRefusalNote } from './sign-in-refusal-note.tsx'

interface SignInFormProps {
  credentials: Credentials
  onChange: (credentials: Credentials) => void
  onSignedIn: () => Promise<void>
  /** The password was right; a code is asked for as well. */
  onSecondStep: (challenge: string) => void
}

type Missing = Partial<Record<keyof Credentials, boolean>>

/** The error stands beside the form and stays until something is changed; what was typed stays too. */
export function SignInForm({ credentials, onChange, onSignedIn, onSecondStep }: SignInFormProps) {
  const t = useTranslations('auth')
  const form = useRef<HTMLFormElement>(null)
  const [outcome, setOutcome] = useState<SignInOutcome | null>(null)
  const [missing, setMissing] = useState<Missing>({})
  const [isBusy, setBusy] = useState(false)

  function change(part: Partial<Credentials>): void {
    onChange({ ...credentials, ...part })
    setOutcome(null)
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
    const answer = await signIn({ email: credentials.email.trim(), password: credentials.password })
    if (answer.kind === 'signed-in') await onSignedIn()
    if (answer.kind === 'second-step') onSecondStep(answer.challenge)
    setBusy(false)
    setOutcome(answer)
    if (answer.kind === 'refused' && answer.why === 'wrong') focusField(form.current, 'password')
  }

  return (
    <form ref={form} noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      <SignInRefusalNote outcome={outcome} />
      <EmailField
        label={t('email')}
        name="email"
        autoComplete="username"
        autoFocus
        value={credentials.email}
        error={missing.email ? t('emailMissing') : undefined}
        onChange={(event) => change({ email: event.target.value })}
      />
      <PasswordField
        label={t('password')}
        name="password"
        autoComplete="current-password"
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

function focusField(form: HTMLFormElement | null, name: keyof Credentials): void {
  const field = form?.elements.namedItem(name)
  if (field instanceof HTMLInputElement) field.focus()
}
