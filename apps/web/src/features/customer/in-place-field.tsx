import type { Customer } from '@sarai/api'
import Pencil from 'lucide-react/icons/pencil'
import { type ReactNode, type Ref, useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useCan } from '../../lib/permissions.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { InPlaceControl } from './in-place-control.tsx'
import { type InPlaceTarget, readTarget, toShown, toText } from './in-place-target.ts'
import { type InPlaceEdit, useInPlaceEdit } from './use-in-place-edit.tsx'

export interface InPlaceFieldProps {
  customer: Customer
  target: InPlaceTarget
  label: string
  /** How the value is shown; left out while there is none. */
  children?: ReactNode
}

/** A line of the card: its name, its value, and a pencil that turns the value into a field. */
export function InPlaceField({ customer, target, label, children }: InPlaceFieldProps) {
  const edit = useInPlaceEdit(customer, target)
  const mayEdit = useCan()('customer:update')
  const pencil = useFocusAfter(edit.base !== null)
  return (
    <div className="group/line flex min-h-9 items-baseline gap-4 border-b border-line py-1 text-sm last:border-b-0">
      <dt className="w-24 shrink-0 break-words text-text-muted">{label}</dt>
      <dd className="min-w-0 flex-1">
        {edit.base ? (
          <Editor edit={edit} target={target} label={label} />
        ) : (
          <Shown label={label} mayEdit={mayEdit} pencil={pencil} onEdit={edit.begin}>
            {children}
          </Shown>
        )}
      </dd>
    </div>
  )
}

interface ShownProps extends Pick<InPlaceFieldProps, 'label' | 'children'> {
  mayEdit: boolean
  pencil: Ref<HTMLButtonElement>
  onEdit: () => void
}

/** The field had the focus and is gone; unless it went elsewhere, it returns to where it came from. */
function useFocusAfter(isEditing: boolean): Ref<HTMLButtonElement> {
  const pencil = useRef<HTMLButtonElement>(null)
  const wasEditing = useRef(false)
  useEffect(() => {
    if (wasEditing.current && !isEditing && document.activeElement === document.body) pencil.current?.focus()
    wasEditing.current = isEditing
  }, [isEditing])
  return pencil
}

function Shown({ label, mayEdit, pencil, onEdit, children }: ShownProps) {
  const t = useTranslations('customer')
  const isEmpty = children === undefined || children === null
  return (
    <div className="flex items-center gap-2">
      <div className="min-w-0 flex-1 [overflow-wrap:anywhere]">
        {isEmpty ? <span className="text-text-faint">{t('card.empty')}</span> : children}
      </div>
      {mayEdit ? (
        <IconButton
          ref={pencil}
          size="sm"
          label={t('inPlace.edit', { field: label })}
          onClick={onEdit}
          className="opacity-0 group-focus-within/line:opacity-100 group-hover/line:opacity-100 pointer-coarse:opacity-100"
        >
          <Pencil aria-hidden />
        </IconButton>
      ) : null}
    </div>
  )
}

function Editor({ edit, target, label }: { edit: InPlaceEdit; target: InPlaceTarget; label: string }) {
  const { base, conflict, error, isSaving, save, end } = edit
  if (!base) return null
  return (
    <div className="flex flex-col gap-2 py-0.5">
      {conflict ? (
        <Conflict edit={edit} target={target} />
      ) : (
        <InPlaceControl
          label={label}
          target={target}
          initial={toText(readTarget(base, target))}
          error={error}
          isSaving={isSaving}
          onSave={save}
          onCancel={end}
        />
      )}
    </div>
  )
}

/** Both values, and nothing is saved until somebody has chosen. */
function Conflict({ edit: { conflict, save, end }, target }: { edit: InPlaceEdit; target: InPlaceTarget }) {
  const t = useTranslations('customer')
  if (!conflict) return null
  const { mine, theirs } = conflict
  return (
    <div role="alert" className="flex flex-col gap-2 rounded-md bg-warning-soft p-2.5">
      <p className="font-medium text-warning-text">{t('inPlace.conflict')}</p>
      <dl className="grid grid-cols-[auto_minmax(0,1fr)] gap-x-3 gap-y-1">
        <dt className="text-text-muted">{t('conflict.theirs')}</dt>
        <dd>
          <bdi className="break-words">{toShown(target, theirs) || t('conflict.emptyValue')}</bdi>
        </dd>
        <dt className="text-text-muted">{t('conflict.yours')}</dt>
        <dd>
          <bdi className="break-words">{toShown(target, mine) || t('conflict.emptyValue')}</bdi>
        </dd>
      </dl>
      <div className="flex flex-wrap gap-2">
        <Button size="sm" onClick={end}>
          {t('inPlace.keepTheirs')}
        </Button>
        <Button size="sm" variant="primary" onClick={() => save(mine)}>
          {t('inPlace.keepMine')}
        </Button>
      </div>
    </div>
  )
}
