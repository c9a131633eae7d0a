import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { DURATION_UNITS, readDuration, toDuration, UNIT_MINUTES } from './duration.ts'

interface DurationFieldProps {
  label: string
  minutes: number
  minutesMax: number
  onChange: (minutes: number) => void
}

/** A number and its unit. What is no duration is shown as wrong and handed on as 0, which no schema takes. */
export function DurationField({ label, minutes, minutesMax, onChange }: DurationFieldProps) {
  const t = useTranslations('macro')
  const [unit, setUnit] = useState(() => toDuration(minutes).unit)
  const [text, setText] = useState(() => String(toDuration(minutes).count))
  const isWrong = readDuration(text, unit, minutesMax) === undefined
  const max = Math.floor(minutesMax / UNIT_MINUTES[unit])
  return (
    <div className="flex items-start gap-2">
      <div className="w-28">
        <TextField
          label={label}
          isLabelHidden
          type="number"
          min={1}
          max={max}
          value={text}
          error={isWrong ? t('durationWrong', { max }) : undefined}
          onChange={({ target }) => {
            setText(target.value)
            onChange(readDuration(target.value, unit, minutesMax) ?? 0)
          }}
        />
      </div>
      <Select
        label={t('unit')}
        value={unit}
        options={DURATION_UNITS.map((value) => ({ value, label: t(`units.${value}`) }))}
        onChange={(next) => {
          setUnit(next)
          onChange(readDuration(text, next, minutesMax) ?? 0)
        }}
      />
    </div>
  )
}
