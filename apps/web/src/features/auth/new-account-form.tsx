import { PASSWORD_LENGTH_MIN, USER_NAME_LENGTH_MAX } from '@sarai/api/auth/schema'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type SubmitEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { signIn } from '../../lib/session.ts'
import { globalTrpc } from '../../lib/trpc.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { PasswordField } from '../../ui/password-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { forgetInvitation } from './kept-invitation.ts'

type Errors = Partial<Record<'name' | 'password', string>>

/** Name and password; the address is the one that was invited. Whoever has an account signs in instead. */
export function NewAccountForm({ token, email }: { token: string; email: string }) {
  const t = useTranslations('auth')
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const [errors, setErrors] = useState<Errors>({})
  const accept = useAccept()

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    const found: Errors = {}
    if (name.trim() === '') found.name = t('nameMissing')
    if (password.length < PASSWORD_LENGTH_MIN)
      found.password = t('passwordTooShort', { min: PASSWORD_LENGTH_MIN })
    setErrors(found)
    if (Object.keys(found).length === 0) accept.run({ token, name: name.trim(), password })
  }

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      {accept.isTaken ? (
        <p role="alert" className="rounded-md bg-warning-soft px-3 py-2 text-sm text-warning-text">
          {t('addressTaken', { email })}
        </p>
      ) : null}
      <TextField label={t('email')} name="email" dir="ltr" autoComplete="username" readOnly value={email} />
      <TextField
        label={t('name')}
        name="name"
        dir="auto"
        autoComplete="name"
        autoFocus
        maxLength={USER_NAME_LENGTH_MAX}
        value={name}
        error={errors.name}
        onChange={(event) => setName(event.target.value)}
      />
      <PasswordField
        label={t('newPassword')}
        name="password"
        autoComplete="new-password"
        value={password}
        error={errors.password}
        hint={t('passwordRule', { min: PASSWORD_LENGTH_MIN })}
        onChange={setPassword}
      />
      <Button type="submit" variant="primary" size="lg" isBusy={accept.isBusy}>
        {t('join')}
      </Button>
      <Link to="/sign-in" search={{ returnTo: '/welcome' }} className={buttonClass('ghost')}>
        {t('haveAccount')}
      </Link>
    </form>
  )
}

/** The account is made, then signed in to with what was typed. */
function useAccept() {
  const [isTaken, setTaken] = useState(false)
  const { mutate, isPending, isSuccess } = useMutation(
    globalTrpc.invitation.accept.mutationOptions({
      meta: { errors: 'form' },
      onSuccess: async ({ tenantKey, email }, { password }) => {
        forgetInvitation()
        await signIn({ email, password })
        location.replace(`/${tenantKey}/dashboard`)
      },
      onError: (error) => setTaken(reactTo(error).kind === 'conflict'),
    }),
  )
  return { run: mutate, isBusy: isPending || isSuccess, isTaken }
}
