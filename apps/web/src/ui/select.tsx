import { Select as BaseSelect } from '@base-ui/react/select'
import Check from 'lucide-react/icons/check'
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down'
import { controlClass } from './control.ts'
import { cx } from './cx.ts'
import { POPUP_CLASS, POPUP_ITEM_CLASS } from './popup.ts'

export interface SelectOption<Value extends string> {
  value: Value
  label: string
  description?: string
  /** Said at the end of the line in the list alone. */
  count?: string | undefined
  isDisabled?: boolean
  /** Options of one group stand together, under its name. */
  group?: string
}

export interface SelectProps<Value extends string> {
  label: string
  options: readonly SelectOption<Value>[]
  value: Value
  onChange: (value: Value) => void
  isDisabled?: boolean
  /** Without a border until it is pointed at, for tables and toolbars. */
  isQuiet?: boolean
  className?: string
}

export function Select<Value extends string>(props: SelectProps<Value>) {
  const { label, options, value, onChange, isDisabled, isQuiet, className } = props
  return (
    <BaseSelect.Root
      items={options.map((option) => ({ value: option.value, label: option.label }))}
      value={value}
      onValueChange={(next) => {
        if (next !== null) onChange(next)
      }}
      disabled={isDisabled ?? false}
    >
      <BaseSelect.Trigger
        aria-label={label}
        className={cx(
          isQuiet
            ? 'rounded-md text-sm hover:bg-hover data-popup-open:bg-hover disabled:text-text-muted disabled:hover:bg-transparent'
            : controlClass('hover:bg-hover'),
          'inline-flex h-8 items-center justify-between gap-2 ps-2.5 pe-2 text-start pointer-coarse:h-10',
          className,
        )}
      >
        <BaseSelect.Value className="truncate" />
        <BaseSelect.Icon className={cx('text-text-faint', isDisabled && 'invisible')}>
          <ChevronsUpDown aria-hidden className="size-3.5" />
        </BaseSelect.Icon>
      </BaseSelect.Trigger>
      <BaseSelect.Portal>
        <BaseSelect.Positioner alignItemWithTrigger={false} sideOffset={4} className="z-50">
          <BaseSelect.Popup className={cx(POPUP_CLASS, 'min-w-(--anchor-width)')}>
            <BaseSelect.List>
              <Options options={options} />
            </BaseSelect.List>
          </BaseSelect.Popup>
        </BaseSelect.Positioner>
      </BaseSelect.Portal>
    </BaseSelect.Root>
  )
}

function Options<Value extends string>({ options }: { options: readonly SelectOption<Value>[] }) {
  const groups = [...Map.groupBy(options, ({ group }) => group)]
  return groups.map(([group, members]) => {
    const items = members.map((option) => <Option key={option.value} option={option} />)
    if (group === undefined) return items
    return (
      <BaseSelect.Group key={group}>
        <BaseSelect.GroupLabel className="px-2 pt-2 pb-1 text-xs font-medium text-text-muted">
          {group}
        </BaseSelect.GroupLabel>
        {items}
      </BaseSelect.Group>
    )
  })
}

function Option<Value extends string>({ option }: { option: SelectOption<Value> }) {
  return (
    <BaseSelect.Item
      value={option.value}
      disabled={option.isDisabled ?? false}
      className={cx(POPUP_ITEM_CLASS, 'pe-8')}
    >
      <span className="min-w-0 flex-1">
        <BaseSelect.ItemText className="block truncate">{option.label}</BaseSelect.ItemText>
        {option.description ? (
          <span className="block text-xs text-text-muted">{option.description}</span>
        ) : null}
      </span>
      {option.count === undefined ? null : (
        <span className="text-xs text-text-faint tabular">{option.count}</span>
      )}
      <BaseSelect.ItemIndicator className="absolute end-2 text-accent-text">
        <Check aria-hidden className="size-4" />
      </BaseSelect.ItemIndicator>
    </BaseSelect.Item>
  )
}
