import { useQuery } from '@tanstack/react-query'
import ShieldCheck from 'lucide-react/icons/shield-check'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { globalTrpc } from '../../lib/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { TwoFactorDialog, type TwoFactorTask } from './two-factor-dialog.tsx'

/** Off: a way to turn it on. On: how many recovery codes are left, new ones, and a way to turn it off. */
export function TwoFactor() {
  const t = useTranslations('account')
  const status = useQuery(globalTrpc.auth.twoFactor.status.queryOptions())
  const [task, setTask] = useState<TwoFactorTask | null>(null)
  if (status.isError && !status.data) {
    const retry = () => void status.refetch()
    return <LoadFailure error={status.error} isRetrying={status.isFetching} onRetry={retry} />
  }
  if (!status.data) return <Skeleton className="h-16" />
  const { isOn, recoveryCodesLeft } = status.data
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-lg border border-line bg-surface px-4 py-3">
      <div className="min-w-40 flex-1">
        <Badge tone={isOn ? 'success' : 'neutral'}>
          {isOn ? <ShieldCheck aria-hidden /> : null}
          {t(isOn ? 'on' : 'off')}
        </Badge>
        {isOn ? (
          <p className="mt-1 text-xs text-text-muted">{t('codesLeft', { count: recoveryCodesLeft })}</p>
        ) : null}
      </div>
      {isOn ? (
        <>
          <Button onClick={() => setTask('renew')}>{t('renewCodes')}</Button>
          <Button onClick={() => setTask('disable')}>{t('turnOff')}</Button>
        </>
      ) : (
        <Button variant="primary" onClick={() => setTask('enable')}>
          {t('turnOn')}
        </Button>
      )}
      <TwoFactorDialog task={task} onClose={() => setTask(null)} />
    </div>
  )
}
