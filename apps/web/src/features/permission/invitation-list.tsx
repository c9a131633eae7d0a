import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import Link2 from 'lucide-react/icons/link-2'
import X from 'lucide-react/icons/x'
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { useRoleName } from '../../lib/role-name.ts'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Table, Td, Th } from '../../ui/table.tsx'
import { InvitationLink } from './invitation-link.tsx'
import type { Invitation, SentInvitation } from './role-types.ts'

/** Who has been asked and has not come yet. Nothing at all while there is nobody. */
export function InvitationList({ canManage }: { canManage: boolean }) {
  const t = useTranslations('permission')
  const trpc = useTrpc()
  const { data } = useQuery(trpc.permission.invitation.list.queryOptions())
  const [sent, setSent] = useState<SentInvitation | null>(null)
  const actions = useInvitationActions(setSent)
  if (!data || data.items.length === 0) return null
  return (
    <section className="mt-6">
      <h2 className="mb-3 text-base font-semibold">{t('invitations')}</h2>
      <Table label={t('invitations')}>
        <thead>
          <tr>
            <Th className="px-4">{t('inviteEmail')}</Th>
            <Th>{t('role')}</Th>
            <Th className="hidden md:table-cell">{t('expires')}</Th>
            {canManage ? (
              <Th>
                <span className="sr-only">{t('invitationActions')}</span>
              </Th>
            ) : null}
          </tr>
        </thead>
        <tbody>
          {data.items.map((invitation) => (
            <InvitationRow
              key={invitation.id}
              invitation={invitation}
              actions={canManage ? actions : undefined}
            />
          ))}
        </tbody>
      </Table>
      <Dialog isOpen={sent !== null} onOpenChange={() => setSent(null)} title={t('newLink')}>
        {sent ? <InvitationLink sent={sent} onClose={() => setSent(null)} /> : null}
      </Dialog>
    </section>
  )
}

interface InvitationRowProps {
  invitation: Invitation
  actions: ReturnType<typeof useInvitationActions> | undefined
}

function InvitationRow({ invitation, actions }: InvitationRowProps) {
  const t = useTranslations('permission')
  const format = useFormat()
  const roleName = useRoleName()
  const { id, email, role, invitedBy, expiresAt, isTooOld } = invitation
  return (
    <tr>
      <Td className="w-1/2 py-2 ps-4">
        <span dir="ltr" className="block truncate font-medium match-parent">
          {email}
        </span>
        {invitedBy === null ? null : (
          <span className="block truncate text-xs text-text-muted">
            {t('invitedBy', { name: invitedBy })}
          </span>
        )}
      </Td>
      <Td>{roleName(role.name)}</Td>
      <Td className="hidden w-0 whitespace-nowrap text-text-muted md:table-cell">
        {isTooOld ? <Badge tone="warning">{t('tooOld')}</Badge> : format.day(expiresAt)}
      </Td>
      {actions ? (
        <Td isNumeric className="w-0 pe-3 whitespace-nowrap">
          <IconButton size="sm" label={t('resend', { email })} onClick={() => actions.resend(id)}>
            <Link2 aria-hidden />
          </IconButton>
          <IconButton size="sm" label={t('revoke', { email })} onClick={() => actions.revoke(invitation)}>
            <X aria-hidden />
          </IconButton>
        </Td>
      ) : null}
    </tr>
  )
}

function useInvitationActions(onSent: (sent: SentInvitation) => void) {
  const t = useTranslations('permission')
  const locale = useLocale()
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const onSettled = () => queryClient.invalidateQueries(trpc.permission.invitation.pathFilter())
  const resend = useMutation(
    trpc.permission.invitation.resend.mutationOptions({ onSuccess: onSent, onSettled }),
  )
  const revoke = useMutation(trpc.permission.invitation.revoke.mutationOptions({ onSettled }))
  return {
    resend: (id: string) => resend.mutate({ id, locale }),
    revoke: ({ id, email }: Invitation) =>
      revoke.mutate(
        { id },
        { onSuccess: () => showToast({ id: `invitation-${id}`, title: t('revoked', { email }) }) },
      ),
  }
}
