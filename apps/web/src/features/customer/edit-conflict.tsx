import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { cx } from '../../ui/cx.ts'
import type { EditedField, FieldConflict } from './merge-edits.ts'

interface EditConflictProps {
  conflicts: readonly FieldConflict[]
  onChoose: (field: EditedField, value: string) => void
}

/** What two people changed differently, side by side; the form below shows what will be saved. */
export function EditConflict({ conflicts, onChoose }: EditConflictProps) {
  const t = useTranslations('customer.conflict')
  return (
    <div role="alert" className="flex flex-col gap-3 rounded-lg bg-warning-soft p-3">
      <div>
        <p className="text-sm font-semibold text-warning-text">{t('title')}</p>
        <p className="text-sm text-text-muted">{conflicts.length === 0 ? t('noOverlap') : t('text')}</p>
      </div>
      {conflicts.map((conflict) => (
        <Choice key={conflict.field} conflict={conflict} onChoose={onChoose} />
      ))}
    </div>
  )
}

function Choice({ conflict, onChoose }: { conflict: FieldConflict } & Pick<EditConflictProps, 'onChoose'>) {
  const t = useTranslations('customer')
  const [chosen, setChosen] = useState<'mine' | 'theirs'>('mine')
  const field = t(`form.${conflict.field}`)
  return (
    <fieldset>
      <legend className="mb-1 text-xs font-medium text-text-muted">
        <span aria-hidden>{field}</span>
        <span className="sr-only">{t('conflict.field', { field })}</span>
      </legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {(['mine', 'theirs'] as const).map((side) => (
          <label
            key={side}
            className={cx(
              'flex cursor-pointer items-start gap-2 rounded-md border bg-surface p-2 text-sm',
              chosen === side ? 'border-accent' : 'border-line-control',
            )}
          >
            <input
              type="radio"
              aria-label={`${t(side === 'mine' ? 'conflict.yours' : 'conflict.theirs')}: ${conflict[side] || t('conflict.emptyValue')}`}
              name={`conflict-${conflict.field}`}
              checked={chosen === side}
              onChange={() => {
                setChosen(side)
                onChoose(conflict.field, conflict[side])
              }}
              className="mt-0.5 size-4 accent-accent"
            />
            <span className="min-w-0">
              <span className="block text-xs text-text-muted">
                {t(side === 'mine' ? 'conflict.yours' : 'conflict.theirs')}
              </span>
              <bdi className="block break-words">{conflict[side] || t('conflict.emptyValue')}</bdi>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
