import { type SubmitEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { Button } from '../../ui/button.tsx'
import { PasswordField } from '../../ui/password-field.tsx'

interface PasswordStepProps {
  /** What the server said to the password that was sent last. */
  error: unknown
  isBusy: boolean
  isDangerous: boolean
  onChange: () => void
  onPassword: (password: string) => void
  onClose: () => void
}

export function PasswordStep({
  error,
  isBusy,
  isDangerous,
  onChange,
  onPassword,
  onClose,
}: PasswordStepProps) {
  const t = useTranslations('account')
  const common = useTranslations('common')
  const [password, setPassword] = useState('')
  const isWrong = error !== null && reactTo(error).kind === 'fields'
  function submit(event: SubmitEvent): void {
    event.preventDefault()
    if (!isBusy) onPassword(password)
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <PasswordField
        label={t('currentPassword')}
        name="password"
        autoComplete="current-password"
        value={password}
        error={isWrong ? t('passwordWrong') : undefined}
        onChange={(value) => {
          setPassword(value)
          onChange()
        }}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{common('action.cancel')}</Button>
        <Button type="submit" variant={isDangerous ? 'danger' : 'primary'} isBusy={isBusy}>
          {t(isDangerous ? 'turnOff' : 'next')}
        </Button>
      </div>
    </form>
  )
}
