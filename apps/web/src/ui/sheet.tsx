import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'
import { BACKDROP_CLASS, DialogHeader, type DialogProps, useFirstField } from './dialog.tsx'

export type SheetProps = Omit<DialogProps, 'size'> & { children: ReactNode }

/** A panel that slides in from the end edge, over the page. The whole screen on a phone. */
export function Sheet({ isOpen, onOpenChange, title, description, children, footer, ...focus }: SheetProps) {
  const firstField = useFirstField()
  return (
    <BaseDialog.Root open={isOpen} onOpenChange={(open) => onOpenChange(open)}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={BACKDROP_CLASS} />
        <BaseDialog.Popup
          {...firstField}
          {...focus}
          className="fixed inset-y-0 end-0 z-50 flex w-full flex-col bg-raised shadow-dialog outline-none transition-[opacity,translate] data-ending-style:opacity-0 data-starting-style:opacity-0 ltr:data-ending-style:translate-x-4 ltr:data-starting-style:translate-x-4 rtl:data-ending-style:-translate-x-4 rtl:data-starting-style:-translate-x-4 sm:max-w-md sm:border-s sm:border-line"
        >
          <DialogHeader title={title} description={description} />
          <div className="min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
          {footer ? (
            <div className="flex justify-end gap-2 border-t border-line px-5 py-3">{footer}</div>
          ) : null}
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}
