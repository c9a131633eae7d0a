import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { type Session, signOut } from '../../lib/session.ts'
import { globalTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { forgetInvitation } from './kept-invitation.ts'

interface JoinButtonProps {
  token: string
  user: Session['user']
  /** The address that the invitation is for. */
  invited: string
}

/** For who is signed in; said plainly if that is not the address that was invited. */
export function JoinButton({ token, user, invited }: JoinButtonProps) {
  const t = useTranslations('auth')
  const [memberOf, setMemberOf] = useState<string | null>(null)
  const { mutate, isPending } = useMutation(
    globalTrpc.invitation.join.mutationOptions({
      meta: { errors: 'form' },
      onSuccess: ({ tenantKey }) => enter(tenantKey),
      onError: (error) => {
        const reaction = reactTo(error)
        const tenantKey = reaction.kind === 'conflict' ? reaction.details['tenantKey'] : undefined
        if (typeof tenantKey === 'string') setMemberOf(tenantKey)
      },
    }),
  )
  if (memberOf !== null) {
    return (
      <div className="flex flex-col gap-4">
        <p role="alert" className="rounded-md bg-sunken px-3 py-2 text-sm">
          {t('memberAlready')}
        </p>
        <Button variant="primary" size="lg" onClick={() => enter(memberOf)}>
          {t('open')}
        </Button>
      </div>
    )
  }
  return (
    <div className="flex flex-col gap-4">
      {user.email === invited ? null : (
        <p className="rounded-md bg-warning-soft px-3 py-2 text-sm text-warning-text">
          {t('otherAddress', { invited, email: user.email })}
        </p>
      )}
      <Button variant="primary" size="lg" isBusy={isPending} onClick={() => mutate({ token })}>
        {t('joinAs', { name: user.name })}
      </Button>
      <Button variant="ghost" onClick={() => void signOut().then(() => location.reload())}>
        {t('otherAccount')}
      </Button>
    </div>
  )
}

/** Loaded afresh: what this page knows of workspaces is from before. */
function enter(tenantKey: string): void {
  forgetInvitation()
  location.replace(`/${tenantKey}/dashboard`)
}
