import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { MadeTenant } from './made-tenant.tsx'
import { MakingSteps, useStepName } from './making-steps.tsx'
import type { TenantForm, TenantFormErrors } from './tenant-form-errors.ts'
import { TenantFormFields } from './tenant-form.tsx'
import { type FailedStep, type Making, readFailedStep, useMaking, useMakingVerbs } from './use-making.ts'

const EMPTY: TenantForm = { tenantKey: '', name: '', ownerEmail: '' }

interface TenantWizardProps {
  /** Of the tenant whose making is shown; it stands in the address, so that a reload shows the same. Empty: the form. */
  tenantKey: string
  onTenantKey: (tenantKey: string) => void
}

/** First the form, then each step as it is taken, then what the owner needs to get in. */
export function TenantWizard({ tenantKey, onTenantKey }: TenantWizardProps) {
  const t = useTranslations('operator')
  const [form, setForm] = useState(EMPTY)
  const [errors, setErrors] = useState<TenantFormErrors>({})
  const verbs = useMakingVerbs()
  function submit(): void {
    onTenantKey(form.tenantKey)
    verbs.create.mutate(form, {
      onError: (error) => {
        const failed = readFailedStep(error)
        if (failed) return
        onTenantKey('')
        if (reactTo(error).kind === 'conflict') setErrors({ tenantKey: 'keyTaken' })
      },
    })
  }
  if (tenantKey === '') {
    return (
      <div className="flex flex-col gap-4">
        <p className="text-sm text-text-muted">{t('createText')}</p>
        <TenantFormFields
          form={form}
          errors={errors}
          onChange={setForm}
          onErrors={setErrors}
          onSubmit={submit}
        />
      </div>
    )
  }
  return <MakingView tenantKey={tenantKey} verbs={verbs} onBack={() => onTenantKey('')} />
}

interface MakingViewProps {
  tenantKey: string
  verbs: ReturnType<typeof useMakingVerbs>
  onBack: () => void
}

function MakingView({ tenantKey, verbs, onBack }: MakingViewProps) {
  const t = useTranslations('fleet.making')
  const { create, goOn } = verbs
  const isAsked = create.isPending || goOn.isPending
  const { data, error, isFetching, refetch } = useMaking(tenantKey, isAsked)
  const failed = readFailedStep(create.error) ?? readFailedStep(goOn.error)
  if (failed && !isAsked) return <Failed failed={failed} onBack={onBack} />
  if (data === undefined && error) {
    return <LoadFailure error={error} isRetrying={isFetching} onRetry={() => void refetch()} />
  }
  if (data === undefined || (data === null && isAsked)) return <Skeleton className="h-80" />
  if (data === null) {
    return (
      <EmptyState
        title={t('none')}
        text={t('noneText', { key: tenantKey })}
        action={<Button onClick={onBack}>{t('toForm')}</Button>}
      />
    )
  }
  const created = [create.data, goOn.data].find((each) => each?.tenantKey === tenantKey)
  return (
    <div className="flex flex-col gap-4">
      <Headline making={data} />
      <MakingSteps making={data} />
      {data.state === 'cut-off' ? <CutOff making={data} verbs={verbs} onBack={onBack} /> : null}
      {data.state === 'made' && !isAsked ? (
        <>
          <MadeTenant making={data} owner={created?.owner} />
          <Link
            to="/operator/tenants/$key"
            params={{ key: tenantKey }}
            className={cx(buttonClass(), 'self-start')}
          >
            {t('openPage')}
          </Link>
        </>
      ) : null}
    </div>
  )
}

function Headline({ making: { state, name, tenantKey } }: { making: Making }) {
  const t = useTranslations('fleet.making')
  return (
    <p role="status" className="text-base font-semibold">
      <bdi>{t(`headline.${state === 'cut-off' ? 'cutOff' : state}`, { name, key: tenantKey })}</bdi>
    </p>
  )
}

/** Nobody is at it. It is taken up by itself; who does not want to wait, or does not want it any more, says so. */
function CutOff({
  making: { tenantKey },
  verbs: { goOn, takeBack },
  onBack,
}: Omit<MakingViewProps, 'tenantKey'> & { making: Making }) {
  const t = useTranslations('fleet.making')
  return (
    <div className="flex flex-col gap-3 rounded-lg bg-warning-soft px-4 py-3 text-sm text-warning-text">
      <p>{t('cutOffText')}</p>
      <div className="flex flex-wrap gap-2">
        <Button isBusy={goOn.isPending} onClick={() => goOn.mutate({ tenantKey })}>
          {t('goOn')}
        </Button>
        <Button
          isBusy={takeBack.isPending}
          onClick={() => takeBack.mutate({ tenantKey }, { onSuccess: onBack })}
        >
          {t('takeBack')}
        </Button>
      </div>
    </div>
  )
}

function Failed({ failed: { step, error }, onBack }: { failed: FailedStep; onBack: () => void }) {
  const t = useTranslations('fleet.making')
  const nameOf = useStepName()
  return (
    <div
      role="alert"
      className="flex flex-col items-start gap-3 rounded-lg bg-danger-soft px-4 py-3 text-danger-text"
    >
      <p className="text-base font-semibold">{t('failed', { step: nameOf(step) })}</p>
      <p dir="ltr" className="w-full font-mono text-xs break-words match-parent">
        {error}
      </p>
      <p className="text-sm">{t('failedText')}</p>
      <Button onClick={onBack}>{t('toForm')}</Button>
    </div>
  )
}
