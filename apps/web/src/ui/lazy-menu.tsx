import {
  type ComponentType,
  type KeyboardEvent,
  lazy,
  type ReactElement,
  type RefObject,
  Suspense,
  cloneElement,
  useRef,
  useState,
} from 'react'

export interface LazyMenuContentProps {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  anchor: RefObject<HTMLElement | null>
}

type Load = () => Promise<{ default: ComponentType<LazyMenuContentProps> }>

/** Wraps a menu whose code arrives when it is first pointed at, focused or opened. Call it outside components. */
export function lazyMenu(load: Load) {
  const Content = lazy(load)
  return function LazyMenu({ trigger }: { trigger: ReactElement<Record<string, unknown>> }) {
    const anchor = useRef<HTMLElement>(null)
    const [isWanted, setWanted] = useState(false)
    const [isOpen, setOpen] = useState(false)
    const preload = () => void load()
    function open(next: boolean): void {
      setWanted(true)
      setOpen(next)
    }
    return (
      <>
        {cloneElement(trigger, {
          ref: anchor,
          'aria-haspopup': 'menu',
          'aria-expanded': isOpen,
          onPointerEnter: preload,
          onFocus: preload,
          onClick: () => open(!isOpen),
          onKeyDown: (event: KeyboardEvent) => {
            if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
            event.preventDefault()
            open(true)
          },
        })}
        {isWanted ? (
          <Suspense>
            <Content isOpen={isOpen} onOpenChange={open} anchor={anchor} />
          </Suspense>
        ) : null}
      </>
    )
  }
}
