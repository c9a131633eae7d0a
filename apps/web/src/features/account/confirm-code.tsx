import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { globalTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { CopyBox } from '../../ui/copy-box.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { QrCode } from './qr-code.tsx'

export interface NewSecret {
  secret: string
  uri: string
}

interface ConfirmCodeProps {
  secret: NewSecret
  onConfirmed: (recoveryCodes: string[]) => void
  onClose: () => void
}

/** The secret goes to the device; a first code comes back, and only then is the second step on. */
export function ConfirmCode({ secret: { secret, uri }, onConfirmed, onClose }: ConfirmCodeProps) {
  const t = useTranslations('account')
  const common = useTranslations('common')
  const queryClient = useQueryClient()
  const [code, setCode] = useState('')
  const { mutate, isPending, error, reset } = useMutation(
    globalTrpc.auth.twoFactor.confirm.mutationOptions({
      meta: { errors: 'form' },
      onSuccess: ({ recoveryCodes }) => onConfirmed(recoveryCodes),
      onSettled: () => queryClient.invalidateQueries(globalTrpc.auth.twoFactor.pathFilter()),
    }),
  )
  const isWrong = error !== null && reactTo(error).kind === 'fields'
  function submit(event: SubmitEvent): void {
    event.preventDefault()
    if (!isPending) mutate({ code })
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <div className="flex justify-center">
        <QrCode text={uri} label={t('qrCode')} />
      </div>
      <div>
        <p className="mb-1 text-sm text-text-muted">{t('byHand')}</p>
        <CopyBox label={t('secret')} value={secret} />
      </div>
      <TextField
        label={t('firstCode')}
        name="code"
        dir="ltr"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        spellCheck={false}
        value={code}
        error={isWrong ? t('codeWrong') : undefined}
        onChange={(event) => {
          setCode(event.target.value)
          reset()
        }}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{common('action.cancel')}</Button>
        <Button type="submit" variant="primary" isBusy={isPending}>
          {t('turnOn')}
        </Button>
      </div>
    </form>
  )
}
