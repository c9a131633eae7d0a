import { Menu as BaseMenu } from '@base-ui/react/menu'
import Check from 'lucide-react/icons/check'
import type { ComponentProps, ReactElement, ReactNode } from 'react'
import { cx } from './cx.ts'
import { Kbd } from './kbd.tsx'
import { POPUP_CLASS, POPUP_ITEM_CLASS, POPUP_LABEL_CLASS } from './popup.ts'

export interface MenuProps {
  /** The element that opens the menu, usually a Button or IconButton. */
  trigger: ReactElement
  children: ReactNode
  align?: 'start' | 'center' | 'end'
  side?: 'top' | 'bottom' | 'inline-start' | 'inline-end'
}

export function Menu({ trigger, children, align = 'start', side = 'bottom' }: MenuProps) {
  return (
    <BaseMenu.Root>
      <BaseMenu.Trigger render={trigger} />
      <MenuPopup align={align} side={side}>
        {children}
      </MenuPopup>
    </BaseMenu.Root>
  )
}

type PopupProps = Pick<ComponentProps<typeof BaseMenu.Positioner>, 'align' | 'side' | 'anchor'> &
  Pick<ComponentProps<typeof BaseMenu.Popup>, 'finalFocus' | 'children'>

export function MenuPopup({ children, finalFocus, ...position }: PopupProps) {
  return (
    <BaseMenu.Portal>
      <BaseMenu.Positioner {...position} sideOffset={4} collisionPadding={8} className="z-50 outline-none">
        <BaseMenu.Popup {...(finalFocus !== undefined && { finalFocus })} className={POPUP_CLASS}>
          {children}
        </BaseMenu.Popup>
      </BaseMenu.Positioner>
    </BaseMenu.Portal>
  )
}

export interface MenuItemProps {
  children: ReactNode
  icon?: ReactNode
  /** A key sequence, shown at the end. */
  keys?: string
  isDanger?: boolean
  isDisabled?: boolean
  onSelect: () => void
}

export function MenuItem({ children, icon, keys, isDanger, isDisabled, onSelect }: MenuItemProps) {
  return (
    <BaseMenu.Item
      disabled={isDisabled ?? false}
      onClick={onSelect}
      className={cx(POPUP_ITEM_CLASS, isDanger && 'text-danger-text [&>svg]:text-danger-text')}
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      {keys ? <Kbd keys={keys} /> : null}
    </BaseMenu.Item>
  )
}

export interface MenuRadioGroupProps<Value extends string> {
  label: string
  /** null: none of them. */
  value: Value | null
  /** `count`: said at the end of the line. */
  options: readonly {
    value: Value
    label: string
    icon?: ReactNode
    lang?: string
    count?: string | undefined
  }[]
  onChange: (value: Value) => void
}

export function MenuRadioGroup<Value extends string>(props: MenuRadioGroupProps<Value>) {
  const { label, value, options, onChange } = props
  return (
    <BaseMenu.Group>
      <BaseMenu.GroupLabel className={POPUP_LABEL_CLASS}>{label}</BaseMenu.GroupLabel>
      <BaseMenu.RadioGroup value={value} onValueChange={onChange}>
        {options.map((option) => (
          <BaseMenu.RadioItem
            key={option.value}
            value={option.value}
            closeOnClick
            className={POPUP_ITEM_CLASS}
          >
            {option.icon}
            <span lang={option.lang} className="min-w-0 flex-1 truncate">
              {option.label}
            </span>
            {option.count === undefined ? null : (
              <span className="text-xs text-text-faint tabular">{option.count}</span>
            )}
            <BaseMenu.RadioItemIndicator className="text-accent-text">
              <Check aria-hidden className="size-4" />
            </BaseMenu.RadioItemIndicator>
          </BaseMenu.RadioItem>
        ))}
      </BaseMenu.RadioGroup>
    </BaseMenu.Group>
  )
}

export interface MenuCheckboxItemProps {
  children: ReactNode
  icon?: ReactNode
  isChecked: boolean
  isDisabled?: boolean
  onChange: (isChecked: boolean) => void
}

/** The menu stays open, so that several can be chosen. */
export function MenuCheckboxItem(props: MenuCheckboxItemProps) {
  const { children, icon, isChecked, isDisabled, onChange } = props
  return (
    <BaseMenu.CheckboxItem
      checked={isChecked}
      disabled={isDisabled ?? false}
      onCheckedChange={onChange}
      className={POPUP_ITEM_CLASS}
    >
      {icon}
      <span className="min-w-0 flex-1 truncate">{children}</span>
      <BaseMenu.CheckboxItemIndicator className="text-accent-text">
        <Check aria-hidden className="size-4" />
      </BaseMenu.CheckboxItemIndicator>
    </BaseMenu.CheckboxItem>
  )
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <div className={POPUP_LABEL_CLASS}>{children}</div>
}

export function MenuSeparator() {
  return <BaseMenu.Separator className="mx-1 my-1 h-px bg-line" />
}
