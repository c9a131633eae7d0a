import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import type { ReactNode } from 'react'
import { BACKDROP_CLASS, DialogContent, type DialogProps, useFirstField } from './dialog.tsx'

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
          <DialogContent title={title} description={description} footer={footer}>
            {children}
          </DialogContent>
        </BaseDialog.Popup>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}
