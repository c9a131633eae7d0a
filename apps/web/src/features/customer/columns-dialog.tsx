import { CUSTOMER_COLUMNS_MAX } from '@sarai/api/customer/schema'
import ChevronDown from 'lucide-react/icons/chevron-down'
import ChevronUp from 'lucide-react/icons/chevron-up'
import GripVertical from 'lucide-react/icons/grip-vertical'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { CheckboxField } from '../../ui/checkbox-field.tsx'
import { cx } from '../../ui/cx.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { type Column, USUAL_COLUMNS } from './customer-columns.ts'
import { moveTo } from './move-to.ts'
import { useColumnsContext } from './use-columns.ts'
import { useDragOrder } from './use-drag-order.ts'
import { useMoveFocus } from './use-move-focus.ts'

/** Which columns the list has, and in which order: pressed or dragged. The list changes when the dialog says so. */
export function ColumnsDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('customer.columns')
  const { chosen, offered, choose } = useColumnsContext()
  const [draft, setDraft] = useState<readonly Column[]>(
    (chosen ?? USUAL_COLUMNS).filter((column) => offered.some((each) => each.column === column)),
  )
  const others = offered.filter(({ column }) => !draft.includes(column))
  const isFull = draft.length >= CUSTOMER_COLUMNS_MAX
  function leaveWith(columns: readonly Column[] | undefined): void {
    choose(columns)
    onClose()
  }
  return (
    <Dialog
      size="sm"
      isOpen
      onOpenChange={onClose}
      title={t('title')}
      description={t('text')}
      footer={
        <>
          <Button onClick={() => leaveWith(undefined)}>{t('usual')}</Button>
          <Button variant="primary" onClick={() => leaveWith(draft)}>
            {t('apply')}
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-4">
        <ChosenColumns draft={draft} onChange={setDraft} />
        {others.length === 0 ? null : (
          <fieldset>
            <legend className="mb-1 text-xs font-medium text-text-muted">
              {isFull ? t('full', { max: CUSTOMER_COLUMNS_MAX }) : t('others')}
            </legend>
            {others.map(({ column, name }) => (
              <CheckboxField
                key={column}
                label={name}
                checked={false}
                disabled={isFull}
                onChange={() => setDraft([...draft, column])}
              />
            ))}
          </fieldset>
        )}
      </div>
    </Dialog>
  )
}

interface ChosenColumnsProps {
  draft: readonly Column[]
  onChange: (columns: readonly Column[]) => void
}

function ChosenColumns({ draft, onChange }: ChosenColumnsProps) {
  const t = useTranslations('customer.columns')
  const { offered } = useColumnsContext()
  const nameOf = (column: Column) => offered.find((each) => each.column === column)?.name ?? ''
  const { list, moved } = useMoveFocus()
  const { dragged, begin } = useDragOrder({
    list,
    onDrag(column, to) {
      const from = draft.indexOf(column)
      if (from !== to) onChange(moveTo(draft, from, to))
    },
  })
  function move(column: Column, to: number): void {
    onChange(moveTo(draft, draft.indexOf(column), to))
    moved(column, t('moved', { column: nameOf(column), place: to + 1, count: draft.length }))
  }
  return (
    <fieldset>
      <legend className="mb-1 text-xs font-medium text-text-muted">{t('shown')}</legend>
      {draft.length === 0 ? <p className="text-sm text-text-faint">{t('nameOnly')}</p> : null}
      <ol ref={list} className="divide-y divide-line rounded-lg border border-line bg-surface empty:hidden">
        {draft.map((column, at) => (
          <li
            key={column}
            data-moved={column}
            className={cx('flex items-center gap-2 px-2 py-1', dragged === column && 'bg-selected')}
          >
            <button
              type="button"
              aria-hidden
              tabIndex={-1}
              onPointerDown={() => begin(column)}
              className="shrink-0 cursor-grab touch-none py-1.5 text-text-faint active:cursor-grabbing"
            >
              <GripVertical className="size-4" />
            </button>
            <span className="min-w-0 flex-1">
              <CheckboxField
                label={nameOf(column)}
                checked
                onChange={() => onChange(draft.filter((each) => each !== column))}
              />
            </span>
            <IconButton
              size="sm"
              label={t('moveUp', { column: nameOf(column) })}
              data-step="up"
              aria-disabled={at === 0}
              onClick={() => move(column, Math.max(0, at - 1))}
            >
              <ChevronUp aria-hidden />
            </IconButton>
            <IconButton
              size="sm"
              label={t('moveDown', { column: nameOf(column) })}
              data-step="down"
              aria-disabled={at === draft.length - 1}
              onClick={() => move(column, Math.min(draft.length - 1, at + 1))}
            >
              <ChevronDown aria-hidden />
            </IconButton>
          </li>
        ))}
      </ol>
    </fieldset>
  )
}
