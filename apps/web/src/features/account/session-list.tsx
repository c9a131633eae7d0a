import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { showToast } from '../../lib/toast.ts'
import { globalTrpc, type Trpc } from '../../lib/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { describeDevice } from '../../lib/describe-device.ts'

type OwnSession = Trpc['auth']['session']['list']['~types']['output']['items'][number]

/** Where this person is signed in, and a way to end each. */
export function SessionList() {
  const t = useTranslations('account')
  const sessions = useQuery(globalTrpc.auth.session.list.queryOptions(undefined, { staleTime: 0 }))
  const { revoke, revokeOthers } = useRevoke()
  if (sessions.isError && !sessions.data) {
    const retry = () => void sessions.refetch()
    return <LoadFailure error={sessions.error} isRetrying={sessions.isFetching} onRetry={retry} />
  }
  if (!sessions.data) return <Skeleton className="h-32" />
  const { items } = sessions.data
  return (
    <>
      <ul className="divide-y divide-line rounded-lg border border-line bg-surface">
        {items.map((session) => (
          <SessionRow key={session.id} session={session} onRevoke={() => revoke.mutate({ id: session.id })} />
        ))}
      </ul>
      {items.length > 1 ? (
        <Button className="mt-3" isBusy={revokeOthers.isPending} onClick={() => revokeOthers.mutate()}>
          {t('revokeOthers')}
        </Button>
      ) : null}
    </>
  )
}

function SessionRow({ session, onRevoke }: { session: OwnSession; onRevoke: () => void }) {
  const t = useTranslations('account')
  const format = useFormat()
  const { browser, system } = describeDevice(session.userAgent)
  const device = [browser, system].filter(Boolean).join(' · ') || t('unknownDevice')
  return (
    <li className="flex items-center gap-3 px-4 py-3">
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-center gap-2 text-sm font-medium">
          <bdi>{device}</bdi>
          {session.isCurrent ? <Badge tone="success">{t('thisDevice')}</Badge> : null}
        </p>
        <p className="text-xs text-text-muted">
          {session.address === null ? null : (
            <>
              <bdi className="tabular">{session.address}</bdi>
              {' · '}
            </>
          )}
          {t('signedIn', { when: format.dateTime(session.createdAt) })}
        </p>
      </div>
      {session.isCurrent ? null : (
        <Button size="sm" aria-label={t('revokeDevice', { device })} onClick={onRevoke}>
          {t('revoke')}
        </Button>
      )}
    </li>
  )
}

function useRevoke() {
  const t = useTranslations('account')
  const queryClient = useQueryClient()
  const onSettled = () => queryClient.invalidateQueries(globalTrpc.auth.session.pathFilter())
  const onSuccess = () => showToast({ id: 'session-revoked', title: t('revoked') })
  const revoke = useMutation(globalTrpc.auth.session.revoke.mutationOptions({ onSuccess, onSettled }))
  const revokeOthers = useMutation(
    globalTrpc.auth.session.revokeOthers.mutationOptions({ onSuccess, onSettled }),
  )
  return { revoke, revokeOthers }
}
