import { useMutation } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { globalTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { EmailField } from '../../ui/email-field.tsx'

/** Says the same for every address: who has an account here is nobody's business. */
export function ForgotForm() {
  const t = useTranslations('auth')
  const locale = useLocale()
  const [email, setEmail] = useState('')
  const [error, setError] = useState<string>()
  const { mutate, data, isPending } = useMutation(
    globalTrpc.auth.password.requestReset.mutationOptions({
      meta: { errors: 'form' },
      onError: (failure) => {
        if (reactTo(failure).kind === 'fields') setError(t('emailMissing'))
      },
    }),
  )
  if (data) {
    return (
      <p role="status" className="rounded-md bg-sunken px-3 py-2 text-sm">
        {t(data.isMailed ? 'resetSent' : 'resetByOperator', { email: email.trim() })}
      </p>
    )
  }
  function submit(event: SubmitEvent): void {
    event.preventDefault()
    mutate({ email, locale })
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <EmailField
        label={t('email')}
        name="email"
        autoComplete="username"
        autoFocus
        value={email}
        error={error}
        onChange={(event) => {
          setEmail(event.target.value)
          setError(undefined)
        }}
      />
      <Button type="submit" variant="primary" size="lg" isBusy={isPending}>
        {t('sendReset')}
      </Button>
    </form>
  )
}
