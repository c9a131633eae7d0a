import { Menu as BaseMenu } from '@base-ui/react/menu'
import type { ComponentProps, ReactNode } from 'react'
import type { LazyMenuContentProps } from './lazy-menu.tsx'
import { MenuPopup } from './menu.tsx'

type AnchoredMenuProps = LazyMenuContentProps &
  Pick<ComponentProps<typeof MenuPopup>, 'align' | 'side'> & { children: ReactNode }

/** A menu whose trigger is a plain button elsewhere: see lazy-menu.tsx. */
export function AnchoredMenu({ isOpen, onOpenChange, anchor, children, ...position }: AnchoredMenuProps) {
  return (
    <BaseMenu.Root
      open={isOpen}
      onOpenChange={(open, details) => {
        // A press on the trigger closes through the trigger's own click; closing here too would reopen it.
        const target = details.event.target
        if (!open && target instanceof Node && anchor.current?.contains(target)) return
        onOpenChange(open)
      }}
    >
      <MenuPopup {...position} anchor={anchor} finalFocus={anchor}>
        {children}
      </MenuPopup>
    </BaseMenu.Root>
  )
}
