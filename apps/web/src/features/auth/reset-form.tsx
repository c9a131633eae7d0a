import { PASSWORD_LENGTH_MIN } from '@sarai/api/auth/schema'
import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { globalTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { PasswordField } from '../../ui/password-field.tsx'

interface ResetFormProps {
  token: string
  onDone: () => void
}

export function ResetForm({ token, onDone }: ResetFormProps) {
  const t = useTranslations('auth')
  const [password, setPassword] = useState('')
  const [error, setError] = useState<string>()
  const [isTooLate, setTooLate] = useState(token === '')
  const { mutate, isPending } = useMutation(
    globalTrpc.auth.password.reset.mutationOptions({
      meta: { errors: 'inline' },
      onSuccess: onDone,
      onError: (failure) => {
        const { kind } = reactTo(failure)
        if (kind === 'not-found') setTooLate(true)
        else setError(t(kind === 'fields' ? 'passwordTooShort' : 'unavailable', { min: PASSWORD_LENGTH_MIN }))
      },
    }),
  )
  if (isTooLate) {
    return (
      <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-sm text-danger-text">
        {t('resetTooLate')}
      </p>
    )
  }
  function submit(event: SubmitEvent): void {
    event.preventDefault()
    if (password.length < PASSWORD_LENGTH_MIN) setError(t('passwordTooShort', { min: PASSWORD_LENGTH_MIN }))
    else mutate({ token, password })
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <PasswordField
        label={t('newPassword')}
        name="password"
        autoComplete="new-password"
        autoFocus
        value={password}
        error={error}
        hint={t('passwordRule', { min: PASSWORD_LENGTH_MIN })}
        onChange={(value) => {
          setPassword(value)
          setError(undefined)
        }}
      />
      <Button type="submit" variant="primary" size="lg" isBusy={isPending}>
        {t('setPassword')}
      </Button>
    </form>
  )
}
