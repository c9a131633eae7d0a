import { COUNTRIES, TENANT_NAME_LENGTH_MAX, WEEK_STARTS } from '@sarai/api/tenant/schema'
import type { Profile } from '@sarai/api'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { suggestLocale } from '../../lib/i18n/store.ts'
import { useCan } from '../../lib/permissions.ts'
import { showToast } from '../../lib/toast.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { ChoiceField } from '../../ui/choice-field.tsx'
import { CountryField } from './country-field.tsx'
import { TimeZoneField } from './time-zone-field.tsx'
import { browserTimeZone } from './time-zones.ts'

const LANGUAGES = ['browser', 'en', 'ur'] as const

type Values = Profile & { name: string }

/** What the business says about itself, and by whose clock it counts. */
export function ProfileForm() {
  const trpc = useTrpc()
  const info = useQuery(trpc.tenant.info.queryOptions())
  const profile = useQuery(trpc.tenant.profile.queryOptions())
  const failed = [info, profile].find(({ data, isError }) => isError && !data)
  if (failed) {
    const retry = () => void Promise.all([info.refetch(), profile.refetch()])
    return <LoadFailure error={failed.error} isRetrying={failed.isFetching} onRetry={retry} />
  }
  if (!info.data || !profile.data) return <Skeleton className="h-96" />
  const saved = { ...profile.data, name: info.data.name }
  // Afresh when somebody else has saved: what is shown is what is true.
  return <Fields key={JSON.stringify(saved)} saved={saved} />
}

function Fields({ saved }: { saved: Values }) {
  const t = useTranslations('tenant')
  const common = useTranslations('common')
  const format = useFormat()
  const isDisabled = !useCan()('tenant:configure')
  const [values, setValues] = useState(saved)
  const { save, isSaving } = useSaveProfile()
  const set = (change: Partial<Values>) => setValues({ ...values, ...change })
  const isChanged = JSON.stringify(values) !== JSON.stringify(saved)
  const nameError = values.name.trim() === '' ? common('field.required') : undefined

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    if (!nameError) save({ ...values, name: values.name.trim() })
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-5">
      {isDisabled ? (
        <p className="rounded-md bg-sunken px-3 py-2 text-sm text-text-muted">{t('readOnly')}</p>
      ) : null}
      <TextField
        label={t('name')}
        hint={t('nameHint')}
        dir="auto"
        required
        disabled={isDisabled}
        maxLength={TENANT_NAME_LENGTH_MAX}
        value={values.name}
        error={nameError}
        onChange={(event) => set({ name: event.target.value })}
      />
      <ChoiceField
        label={t('language')}
        hint={t('languageHint')}
        isDisabled={isDisabled}
        value={values.language ?? 'browser'}
        options={LANGUAGES.map((value) => ({ value, label: t(`languages.${value}`) }))}
        onChange={(value) => set({ language: value === 'browser' ? null : value })}
      />
      <TimeZoneField
        isDisabled={isDisabled}
        value={values.timeZone}
        onChange={(timeZone) => set({ timeZone })}
      />
      <ZoneHint value={values.timeZone} isDisabled={isDisabled} onUse={(timeZone) => set({ timeZone })} />
      <ChoiceField
        label={t('weekStart')}
        isDisabled={isDisabled}
        value={String(values.weekStartsOn)}
        options={WEEK_STARTS.map((day) => ({ value: String(day), label: format.weekday(day, 'long') }))}
        onChange={(day) => set({ weekStartsOn: Number(day) })}
      />
      <CountryField value={values.country} isDisabled={isDisabled} onChange={(country) => set({ country })} />
      {isDisabled ? null : (
        <div className="flex gap-2">
          <Button type="submit" variant="primary" isBusy={isSaving} disabled={!isChanged}>
            {common('action.save')}
          </Button>
          {isChanged ? <Button onClick={() => setValues(saved)}>{t('discard')}</Button> : null}
        </div>
      )}
    </form>
  )
}

interface ZoneHintProps {
  value: string
  isDisabled: boolean
  onUse: (timeZone: string) => void
}

/** What the zone is for; and a short way to the one this computer is in. */
function ZoneHint({ value, isDisabled, onUse }: ZoneHintProps) {
  const t = useTranslations('tenant')
  const here = browserTimeZone()
  return (
    <p className="-mt-3 text-sm text-text-muted">
      {t('timeZoneHint')}{' '}
      {here === value || isDisabled ? null : (
        <button
          type="button"
          className="rounded-sm text-accent-text hover:underline"
          onClick={() => onUse(here)}
        >
          {t('useHere', { zone: here.replaceAll('_', ' ') })}
        </button>
      )}
    </p>
  )
}

function useSaveProfile(): {
  save: (values: Values) => void
  isSaving: boolean
} {
  const t = useTranslations('tenant')
  const trpc = useTrpc()
  const queryClient = useQueryClient()
  const update = useMutation(
    trpc.tenant.updateProfile.mutationOptions({
      onSuccess: async ({ language }) => {
        await suggestLocale(language)
        await Promise.all([
          queryClient.invalidateQueries(trpc.tenant.pathFilter()),
          queryClient.invalidateQueries(trpc.dashboard.pathFilter()),
        ])
        showToast({ title: t('saved'), tone: 'success' })
      },
    }),
  )
  const save = ({ name, language, timeZone, weekStartsOn, country: chosen }: Values) => {
    const country = COUNTRIES.find((each) => each === chosen)
    const start = WEEK_STARTS.find((day) => day === weekStartsOn)
    update.mutate({
      name,
      language,
      timeZone,
      ...(start !== undefined && { weekStartsOn: start }),
      ...(country && { country }),
    })
  }
  return { save, isSaving: update.isPending }
}
