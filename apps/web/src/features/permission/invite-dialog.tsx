import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { useRoleName } from '../../lib/role-name.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Select } from '../../ui/select.tsx'
import { EmailField } from '../../ui/email-field.tsx'
import { InvitationLink } from './invitation-link.tsx'
import type { Role, SentInvitation } from './role-types.ts'

interface InviteDialogProps {
  isOpen: boolean
  onClose: () => void
  roles: readonly Role[]
}

export function InviteDialog({ isOpen, onClose, roles }: InviteDialogProps) {
  const t = useTranslations('permission')
  return (
    <Dialog isOpen={isOpen} onOpenChange={onClose} title={t('invite')} description={t('inviteText')}>
      <InviteForm roles={roles} onClose={onClose} />
    </Dialog>
  )
}

function InviteForm({ roles, onClose }: Omit<InviteDialogProps, 'isOpen'>) {
  const t = useTranslations('permission')
  const common = useTranslations('common')
  const roleName = useRoleName()
  const locale = useLocale()
  const [email, setEmail] = useState('')
  const [roleId, setRoleId] = useState(() => roles.find(({ builtIn }) => builtIn === 'agent')?.id ?? '')
  const [error, setError] = useState<string>()
  const [sent, setSent] = useState<SentInvitation | null>(null)
  const { invite, isInviting } = useInvite({ onSent: setSent, onRefused: (key) => setError(t(key)) })
  if (sent) return <InvitationLink sent={sent} onClose={onClose} />

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    invite({ email, roleId, locale })
  }

  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <EmailField
        label={t('inviteEmail')}
        name="email"
        autoComplete="off"
        value={email}
        error={error}
        onChange={(event) => {
          setEmail(event.target.value)
          setError(undefined)
        }}
      />
      <div className="flex flex-col gap-1">
        <span className="text-sm font-medium">{t('role')}</span>
        <Select
          label={t('role')}
          options={roles.map(({ id, name }) => ({ value: id, label: roleName(name) }))}
          value={roleId}
          onChange={setRoleId}
        />
      </div>
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{common('action.cancel')}</Button>
        <Button type="submit" variant="primary" isBusy={isInviting}>
          {t('invite')}
        </Button>
      </div>
    </form>
  )
}

type Refusal = 'inviteEmailWrong' | 'memberAlready' | 'tooManyInvitations'

function useInvite(to: { onSent: (sent: SentInvitation) => void; onRefused: (why: Refusal) => void }) {
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const { mutate, isPending } = useMutation(
    trpc.permission.member.invite.mutationOptions({
      meta: { errors: 'form' },
      onSuccess: to.onSent,
      onError: (error) => {
        const reaction = reactTo(error)
        if (reaction.kind === 'fields') to.onRefused('inviteEmailWrong')
        if (reaction.kind === 'conflict')
          to.onRefused(reaction.details['field'] === 'email' ? 'memberAlready' : 'tooManyInvitations')
      },
      onSettled: () => queryClient.invalidateQueries(trpc.permission.invitation.pathFilter()),
    }),
  )
  return { invite: mutate, isInviting: isPending }
}
