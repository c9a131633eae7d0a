import type { NotificationSettings } from '@sarai/api/notification/schema'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { CheckboxField } from '../../ui/checkbox-field.tsx'
import { TextField } from '../../ui/text-field.tsx'

type Value = NotificationSettings['quietHours']

interface QuietHoursProps {
  value: Value
  onChange: (value: Value) => void
}

/** From one time of day to another, over midnight if need be. */
export function QuietHours({ value, onChange }: QuietHoursProps) {
  const t = useTranslations('notification.quiet')
  const labelId = useId()
  return (
    <section className="flex flex-col gap-3">
      <h2 id={labelId} className="text-base font-semibold">
        {t('title')}
      </h2>
      <p className="text-sm text-text-muted">{t('text')}</p>
      <CheckboxField
        label={t('isOn')}
        checked={value.isOn}
        onChange={({ target }) => onChange({ ...value, isOn: target.checked })}
      />
      {value.isOn ? (
        <div role="group" aria-labelledby={labelId} className="flex flex-wrap gap-3">
          {(['from', 'to'] as const).map((end) => (
            <TextField
              key={end}
              type="time"
              label={t(end)}
              required
              value={value[end]}
              // A time that is being typed is empty until it is whole.
              onChange={({ target }) => target.value !== '' && onChange({ ...value, [end]: target.value })}
            />
          ))}
        </div>
      ) : null}
    </section>
  )
}
