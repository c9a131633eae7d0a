import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { showToast } from '../../lib/toast.ts'
import { globalTrpc } from '../../lib/trpc.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ConfirmCode, type NewSecret } from './confirm-code.tsx'
import { PasswordStep } from './password-step.tsx'
import { RecoveryCodes } from './recovery-codes.tsx'

export type TwoFactorTask = 'enable' | 'renew' | 'disable'

interface TwoFactorDialogProps {
  task: TwoFactorTask | null
  onClose: () => void
}

const TITLES = { enable: 'turnOnTitle', renew: 'renewTitle', disable: 'turnOffTitle' } as const
const TEXTS = { enable: 'turnOnText', renew: 'renewText', disable: 'turnOffText' } as const

export function TwoFactorDialog({ task, onClose }: TwoFactorDialogProps) {
  const t = useTranslations('account')
  const [last, setLast] = useState<TwoFactorTask>('enable')
  if (task !== null && task !== last) setLast(task)
  return (
    <Dialog
      isOpen={task !== null}
      onOpenChange={onClose}
      title={t(TITLES[last])}
      description={t(TEXTS[last])}
    >
      <Steps task={last} onClose={onClose} />
    </Dialog>
  )
}

/** Each task begins with the password: an unlocked screen is not enough. */
function Steps({ task, onClose }: { task: TwoFactorTask; onClose: () => void }) {
  const [secret, setSecret] = useState<NewSecret | null>(null)
  const [codes, setCodes] = useState<string[] | null>(null)
  const tasks = useTasks({ onSecret: setSecret, onCodes: setCodes, onClose })
  if (codes) return <RecoveryCodes codes={codes} onClose={onClose} />
  if (secret) return <ConfirmCode secret={secret} onConfirmed={setCodes} onClose={onClose} />
  const { mutate, isPending, error, reset } = tasks[task]
  return (
    <PasswordStep
      error={error}
      isBusy={isPending}
      isDangerous={task === 'disable'}
      onChange={reset}
      onClose={onClose}
      onPassword={(password) => mutate({ password })}
    />
  )
}

interface Handlers {
  onSecret: (secret: NewSecret) => void
  onCodes: (codes: string[]) => void
  onClose: () => void
}

function useTasks({ onSecret, onCodes, onClose }: Handlers) {
  const t = useTranslations('account')
  const queryClient = useQueryClient()
  const meta = { errors: 'form' } as const
  const onSettled = () => queryClient.invalidateQueries(globalTrpc.auth.twoFactor.pathFilter())
  const { twoFactor } = globalTrpc.auth
  return {
    enable: useMutation(twoFactor.begin.mutationOptions({ meta, onSuccess: onSecret })),
    renew: useMutation(
      twoFactor.renewRecoveryCodes.mutationOptions({
        meta,
        onSettled,
        onSuccess: ({ recoveryCodes }) => onCodes(recoveryCodes),
      }),
    ),
    disable: useMutation(
      twoFactor.disable.mutationOptions({
        meta,
        onSettled,
        onSuccess: () => {
          showToast({ id: 'two-factor', title: t('turnedOff') })
          onClose()
        },
      }),
    ),
  }
}
