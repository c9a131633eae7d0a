import type { Customer } from '@sarai/api'
import { useTranslations } from 'use-intl'
import { Checkbox } from '../../ui/checkbox.tsx'
import { useSelecting } from './selection-context.ts'

interface SelectCustomerProps {
  customer: Pick<Customer, 'id' | 'name'>
  /** Of all rows that are loaded, in order: for what is between two. */
  ids: readonly string[]
}

/** Ticks a row; with Shift, all rows from the last one on. It lies above the link that covers the row. */
export function SelectCustomer({ customer, ids }: SelectCustomerProps) {
  const t = useTranslations('customer.bulk')
  const selecting = useSelecting()
  if (!selecting) return null
  return (
    <Checkbox
      label={t('select', { name: customer.name })}
      className="z-1 -ms-1 shrink-0"
      tabIndex={-1}
      checked={selecting.isSelected(customer.id)}
      onChange={({ nativeEvent }) => {
        if ('shiftKey' in nativeEvent && nativeEvent.shiftKey === true) selecting.extendTo(customer.id, ids)
        else selecting.toggle(customer.id)
      }}
    />
  )
}

/** Ticks all rows that are loaded, or none; the bar offers the rest of the list. */
export function SelectLoaded({ ids }: { ids: readonly string[] }) {
  const t = useTranslations('customer.bulk')
  const selecting = useSelecting()
  if (!selecting) return null
  const count = ids.filter(selecting.isSelected).length
  return (
    <Checkbox
      label={t('selectLoaded')}
      className="-ms-1 shrink-0"
      checked={count > 0 && count === ids.length}
      isIndeterminate={count > 0 && count < ids.length}
      onChange={() => selecting.put(ids, count < ids.length)}
    />
  )
}
