import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { globalTrpc, type Trpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Table, Td, Th } from '../../ui/table.tsx'
import { Nothing } from './panel.tsx'
import { useRolloutVerbs } from './use-rollout-verbs.ts'

type Plan = Trpc['operator']['migration']['plan']['~types']['output']
type Pace = 'careful' | 'at-once'

interface StartRolloutDialogProps {
  isOpen: boolean
  onClose: () => void
}

/** The dry run first: what would be done, in which order. Only then can it be begun. */
export function StartRolloutDialog({ isOpen, onClose }: StartRolloutDialogProps) {
  const t = useTranslations('fleet.rollout')
  const common = useTranslations('common')
  const [pace, setPace] = useState<Pace>('careful')
  const { start } = useRolloutVerbs()
  const plan = useQuery({
    ...globalTrpc.operator.migration.plan.queryOptions({ pace }),
    enabled: isOpen,
    staleTime: 0,
    meta: { errors: 'inline' },
  })
  const tenants = plan.data?.tenants ?? 0
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={onClose}
      title={plan.data ? t('dialogTitle', { version: String(plan.data.targetVersion) }) : t('migrations')}
      description={t('dialogText')}
      footer={
        <>
          <Button onClick={onClose}>{common('action.cancel')}</Button>
          <Button
            variant="primary"
            disabled={tenants === 0}
            isBusy={start.isPending}
            onClick={() => start.mutate({ pace }, { onSettled: onClose })}
          >
            {t('start', { tenants })}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4 text-sm">
        <div className="flex flex-col items-start gap-1.5">
          <Segmented
            label={t('pace')}
            value={pace}
            onChange={setPace}
            options={[
              { value: 'careful', label: t('careful') },
              { value: 'at-once', label: t('atOnce') },
            ]}
          />
          <p className="text-text-muted">{t(pace === 'careful' ? 'carefulText' : 'atOnceText')}</p>
        </div>
        {plan.data ? <PlanTable plan={plan.data} /> : null}
        {!plan.data && plan.error ? (
          <LoadFailure error={plan.error} isRetrying={plan.isFetching} onRetry={() => void plan.refetch()} />
        ) : null}
        {plan.isPending ? <Skeleton className="h-40" /> : null}
      </div>
    </Dialog>
  )
}

function PlanTable({ plan: { tenants, waves, first } }: { plan: Plan }) {
  const t = useTranslations('fleet.rollout')
  const format = useFormat()
  const locale = useLocale()
  if (tenants === 0) return <Nothing>{t('planNothing')}</Nothing>
  const sizes = new Intl.ListFormat(locale).format(waves.map((size) => format.number(size)))
  return (
    <section aria-label={t('plan')} className="flex flex-col gap-2">
      <p>{t('planWaves', { waves: waves.length, sizes })}</p>
      <Table label={t('plan')}>
        <thead>
          <tr>
            <Th>{t('tenant')}</Th>
            <Th isNumeric>{t('wave')}</Th>
            <Th>{t('missing')}</Th>
          </tr>
        </thead>
        <tbody>
          {first.map(({ tenantKey, wave, missing }) => (
            <tr key={tenantKey}>
              <Td className="font-mono text-xs">
                <bdi>{tenantKey}</bdi>
              </Td>
              <Td isNumeric>{format.number(wave)}</Td>
              <Td className="py-1.5">
                <span dir="ltr" className="font-mono text-xs text-text-muted">
                  {missing.join(', ')}
                </span>
              </Td>
            </tr>
          ))}
        </tbody>
      </Table>
      {first.length < tenants ? (
        <p className="text-text-muted">{t('planFirst', { shown: first.length, tenants })}</p>
      ) : null}
    </section>
  )
}
