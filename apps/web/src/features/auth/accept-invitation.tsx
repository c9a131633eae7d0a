import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { useRoleName } from '../../lib/role-name.ts'
import { sessionQuery } from '../../lib/session.ts'
import { globalClient } from '../../lib/trpc.ts'
import { buttonClass } from '../../ui/button.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { PageHeading } from '../../ui/page-heading.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { JoinButton } from './join-button.tsx'
import { NewAccountForm } from './new-account-form.tsx'

/** Who invites whom to what; then an account of their own, or the one that is signed in. */
export function AcceptInvitation({ token }: { token: string }) {
  const t = useTranslations('auth')
  const roleName = useRoleName()
  const session = useQuery(sessionQuery)
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => globalClient.invitation.read.mutate({ token }),
    enabled: token !== '',
    meta: { errors: 'inline' },
  })
  if (token === '' || (invitation.error && reactTo(invitation.error).kind === 'not-found')) return <TooLate />
  if (invitation.error) {
    const retry = () => void invitation.refetch()
    return <LoadFailure error={invitation.error} isRetrying={invitation.isFetching} onRetry={retry} />
  }
  if (!invitation.data || session.isPending) return <Skeleton className="h-60" />
  const { workspace, email, invitedBy, role } = invitation.data
  const user = session.data?.user
  return (
    <>
      <PageHeading title={t('inviteTitle', { workspace })} size="lg" />
      <p className="mt-0.5 mb-6 text-base text-text-muted">
        {invitedBy === null
          ? t('inviteText', { role: roleName(role) })
          : t('inviteTextBy', { name: invitedBy, role: roleName(role) })}
      </p>
      {user ? (
        <JoinButton token={token} user={user} invited={email} />
      ) : (
        <NewAccountForm token={token} email={email} />
      )}
    </>
  )
}

function TooLate() {
  const t = useTranslations('auth')
  return (
    <>
      <PageHeading title={t('inviteTooLate')} size="lg" />
      <p className="mt-0.5 mb-6 text-base text-text-muted">{t('inviteTooLateText')}</p>
      <Link to="/" className={buttonClass('secondary')}>
        {t('goOn')}
      </Link>
    </>
  )
}
