import {
  cloneElement,
  type KeyboardEvent,
  type ReactElement,
  type ReactNode,
  type RefObject,
  Suspense,
  useRef,
  useState,
} from 'react'

export interface LazyMenuContentProps {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  anchor: RefObject<HTMLElement | null>
}

export interface LazyMenuProps {
  /** A plain button; it gets what makes it one that opens a menu. */
  trigger: ReactElement<Record<string, unknown>>
  /** Starts to fetch the menu's code when the button is pointed at or focused. */
  preload: () => Promise<unknown>
  /** Renders the menu, a lazy component that ends in an AnchoredMenu. */
  children: (menu: LazyMenuContentProps) => ReactNode
}

/** A menu whose code is not part of the first load. */
export function LazyMenu({ trigger, preload, children }: LazyMenuProps) {
  const anchor = useRef<HTMLElement>(null)
  const [isWanted, setWanted] = useState(false)
  const [isOpen, setOpen] = useState(false)
  function changeOpen(next: boolean): void {
    setWanted(true)
    setOpen(next)
  }
  const button = cloneElement(trigger, {
    ref: anchor,
    'aria-haspopup': 'menu',
    'aria-expanded': isOpen,
    onPointerEnter: () => void preload(),
    onFocus: () => void preload(),
    onClick: () => changeOpen(!isOpen),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
      event.preventDefault()
      changeOpen(true)
    },
  })
  return (
    <>
      {button}
      {isWanted ? <Suspense>{children({ isOpen, onOpenChange: changeOpen, anchor })}</Suspense> : null}
    </>
  )
}
