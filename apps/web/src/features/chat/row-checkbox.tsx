import type { ConversationForMember } from '@sarai/api'
import { createContext, useContext } from 'react'
import { useTranslations } from 'use-intl'
import { Checkbox } from '../../ui/checkbox.tsx'
import { cx } from '../../ui/cx.ts'
import type { Selection } from './use-selection.ts'

/** null: whoever looks may do nothing to several. */
export const SelectionContext = createContext<Selection | null>(null)

/** In the place of the face, when a row is pointed at or rows are being chosen. By key it is `x`, so Tab passes it by before. */
export function RowCheckbox({ item }: { item: ConversationForMember }) {
  const t = useTranslations('chat.many')
  const selection = useContext(SelectionContext)
  if (selection === null) return null
  const isChosen = selection.has(item.id)
  return (
    <span
      className={cx(
        'absolute start-4 top-2.5 flex size-8 items-center justify-center rounded-md bg-surface',
        !selection.isActive &&
          'opacity-0 group-hover/row:opacity-100 focus-within:opacity-100 pointer-coarse:hidden',
      )}
    >
      <Checkbox
        label={t('choose', { name: item.customerName })}
        tabIndex={selection.isActive ? 0 : -1}
        checked={isChosen}
        disabled={selection.isFull && !isChosen}
        onChange={({ nativeEvent }) =>
          selection.toggle(item.id, nativeEvent instanceof MouseEvent && nativeEvent.shiftKey)
        }
      />
    </span>
  )
}
