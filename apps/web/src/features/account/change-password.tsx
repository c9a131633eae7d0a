import { PASSWORD_LENGTH_MIN } from '@sarai/api/auth/schema'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { showToast } from '../../lib/toast.ts'
import { globalTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { PasswordField } from '../../ui/password-field.tsx'

type Errors = Partial<Record<'current' | 'password', string>>

export function ChangePassword() {
  const t = useTranslations('account')
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [errors, setErrors] = useState<Errors>({})
  const { mutate, isPending } = useChangePassword({
    onDone: () => {
      setCurrent('')
      setPassword('')
    },
    onWrong: () => setErrors({ current: t('passwordWrong') }),
  })

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    const found: Errors = {}
    if (current === '') found.current = t('passwordMissing')
    if (password.length < PASSWORD_LENGTH_MIN)
      found.password = t('passwordTooShort', { min: PASSWORD_LENGTH_MIN })
    setErrors(found)
    if (Object.keys(found).length === 0) mutate({ current, password })
  }

  return (
    <form noValidate onSubmit={submit} className="flex max-w-sm flex-col gap-4">
      <PasswordField
        label={t('currentPassword')}
        name="current"
        autoComplete="current-password"
        value={current}
        error={errors.current}
        onChange={setCurrent}
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
      <div>
        <Button type="submit" variant="primary" isBusy={isPending}>
          {t('changePassword')}
        </Button>
      </div>
    </form>
  )
}

function useChangePassword({ onDone, onWrong }: { onDone: () => void; onWrong: () => void }) {
  const t = useTranslations('account')
  const queryClient = useQueryClient()
  return useMutation(
    globalTrpc.auth.password.change.mutationOptions({
      meta: { errors: 'form' },
      onSuccess: () => {
        showToast({ id: 'password-changed', tone: 'success', title: t('passwordChanged') })
        onDone()
        void queryClient.invalidateQueries(globalTrpc.auth.session.pathFilter())
      },
      onError: (error) => {
        if (reactTo(error).kind === 'fields') onWrong()
      },
    }),
  )
}
