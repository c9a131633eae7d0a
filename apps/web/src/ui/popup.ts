/** The look that menus, selects and the command bar share. */
export const POPUP_CLASS =
  'max-h-(--available-height) min-w-44 max-w-[min(24rem,calc(100vw-1rem))] origin-(--transform-origin) overflow-y-auto rounded-lg bg-raised p-1 text-text shadow-popover outline-none transition-[opacity,scale] data-ending-style:opacity-0 data-instant:transition-none data-starting-style:scale-98 data-starting-style:opacity-0'

export const POPUP_ITEM_CLASS =
  'relative flex min-h-8 w-full items-center gap-2 rounded-md px-2 py-1 text-start text-sm outline-none select-none data-disabled:opacity-50 data-highlighted:bg-hover pointer-coarse:min-h-10 [&>svg]:size-4 [&>svg]:shrink-0 [&>svg]:text-text-muted'

export const POPUP_LABEL_CLASS = 'px-2 pt-2 pb-1 text-xs font-medium text-text-faint'
