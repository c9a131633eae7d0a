import { type SubmitEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { type SignInOutcome, signInWithCode } from '../../lib/session.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { SignInRefusalNote } from './sign-in-refusal-note.tsx'

const DIGITS = 6

interface SecondStepFormProps {
  challenge: string
  onSignedIn: () => Promise<void>
  /** Back to the password: another person, or it took too long. */
  onBack: () => void
}

/** The code of the device; it is sent by itself with its last digit. A recovery code gets in too. */
export function SecondStepForm({ challenge, onSignedIn, onBack }: SecondStepFormProps) {
  const t = useTranslations('auth')
  const [isRecovery, setRecovery] = useState(false)
  const [code, setCode] = useState('')
  const [outcome, setOutcome] = useState<SignInOutcome | null>(null)
  const [isBusy, setBusy] = useState(false)

  async function send(typed: string): Promise<void> {
    if (isBusy || typed.trim() === '') return
    setBusy(true)
    const answer = await signInWithCode({ challenge, code: typed })
    if (answer.kind === 'signed-in') await onSignedIn()
    setBusy(false)
    setOutcome(answer)
    setCode('')
  }

  function change(typed: string): void {
    setCode(typed)
    setOutcome(null)
    if (!isRecovery && typed.replaceAll(/\D/g, '').length === DIGITS) void send(typed)
  }

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    void send(code)
  }

  const shown = outcome?.kind === 'refused' && outcome.why === 'wrong' ? null : outcome
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <SignInRefusalNote outcome={shown} />
      <TextField
        key={isRecovery ? 'recovery' : 'code'}
        label={t(isRecovery ? 'recoveryCode' : 'code')}
        name="code"
        dir="ltr"
        inputMode={isRecovery ? 'text' : 'numeric'}
        autoComplete="one-time-code"
        autoFocus
        spellCheck={false}
        autoCapitalize="none"
        value={code}
        hint={t(isRecovery ? 'recoveryCodeText' : 'codeText')}
        error={outcome !== null && shown === null ? t('codeWrong') : undefined}
        onChange={(event) => change(event.target.value)}
      />
      <Button type="submit" variant="primary" size="lg" isBusy={isBusy} className="mt-1">
        {t('signIn')}
      </Button>
      <div className="flex flex-wrap justify-between gap-2">
        <Button variant="ghost" size="sm" onClick={() => setRecovery(!isRecovery)}>
          {t(isRecovery ? 'useCode' : 'useRecoveryCode')}
        </Button>
        <Button variant="ghost" size="sm" onClick={onBack}>
          {t('otherAccount')}
        </Button>
      </div>
    </form>
  )
}
