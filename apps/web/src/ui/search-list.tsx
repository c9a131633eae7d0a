import { type KeyboardEvent, type ReactNode, useId, useState } from 'react'
import { cx } from './cx.ts'
import { ListOption } from './list-option.tsx'
import { TextField, type TextFieldProps } from './text-field.tsx'

interface SearchListProps<Item extends { id: string }> {
  /** What is typed, and how the field is named, limited and what is wrong with it. */
  field: TextFieldProps & { value: string }
  onType: (text: string) => void
  /** undefined: not known yet. */
  items: readonly Item[] | undefined
  /** Said where there are none. */
  whenNone: string
  /** What the results are called. */
  label: string
  /** How high they may become before they scroll. */
  listClass: string
  renderItem: (item: Item) => ReactNode
  onPick: (item: Item) => void
}

/** A search field with its results below: arrows move, Enter chooses. */
export function SearchList<Item extends { id: string }>(props: SearchListProps<Item>) {
  const { field, onType, items = [], whenNone, label, listClass, renderItem, onPick } = props
  const listId = useId()
  const [active, setActive] = useState(0)
  const index = Math.min(active, items.length - 1)
  const chosen = items[index]

  function onKeyDown(event: KeyboardEvent): void {
    const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }
    const step = steps[event.key]
    if (step !== undefined && items.length > 0) setActive((index + step + items.length) % items.length)
    else if (event.key === 'Enter' && chosen) onPick(chosen)
    else return
    event.preventDefault()
  }
  return (
    <div className="flex flex-col gap-2">
      <TextField
        {...field}
        role="combobox"
        aria-expanded={items.length > 0}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={chosen ? `${listId}-${chosen.id}` : undefined}
        onChange={(event) => {
          onType(event.target.value)
          setActive(0)
        }}
        onKeyDown={onKeyDown}
      />
      {props.items && items.length === 0 ? (
        <p className="px-2 py-1 text-sm text-text-muted">{whenNone}</p>
      ) : null}
      <div id={listId} role="listbox" aria-label={label} className={cx('overflow-y-auto', listClass)}>
        {items.map((item) => (
          <ListOption
            key={item.id}
            id={`${listId}-${item.id}`}
            isActive={item === chosen}
            onPick={() => onPick(item)}
          >
            {renderItem(item)}
          </ListOption>
        ))}
      </div>
    </div>
  )
}
