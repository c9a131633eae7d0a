import { Dialog as BaseDialog } from '@base-ui/react/dialog'
import X from 'lucide-react/icons/x'
import { type ComponentProps, type ReactNode, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { cx } from './cx.ts'
import { IconButton } from './icon-button.tsx'

export const BACKDROP_CLASS =
  'fixed inset-0 z-40 bg-overlay transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0'

type Popup = ComponentProps<typeof BaseDialog.Popup>

export interface DialogProps extends Pick<Popup, 'initialFocus' | 'finalFocus'> {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
  title: string
  description?: ReactNode
  children: ReactNode
  /** Buttons at the end, the main one last. */
  footer?: ReactNode
  size?: 'sm' | 'md' | 'lg'
}

/** The first field, because that is what a dialog with a form is for; not on touch, where it calls up the keyboard. */
export function useFirstField(): Required<Pick<Popup, 'ref' | 'initialFocus'>> {
  const ref = useRef<HTMLDivElement>(null)
  return {
    ref,
    initialFocus: (openType) =>
      openType === 'touch' || (ref.current?.querySelector<HTMLElement>('input, textarea, select') ?? true),
  }
}

const WIDTHS = { sm: 'sm:max-w-sm', md: 'sm:max-w-lg', lg: 'sm:max-w-3xl' }

/** In the middle of a wide screen, from the bottom edge of a phone. */
export function Dialog(props: DialogProps) {
  const { isOpen, onOpenChange, title, description, children, footer, size = 'md', ...focus } = props
  const firstField = useFirstField()
  return (
    <BaseDialog.Root open={isOpen} onOpenChange={(open) => onOpenChange(open)}>
      <BaseDialog.Portal>
        <BaseDialog.Backdrop className={BACKDROP_CLASS} />
        <BaseDialog.Viewport className="fixed inset-0 z-50 flex items-end justify-center sm:items-start sm:pt-[12vh]">
          <BaseDialog.Popup
            {...firstField}
            {...focus}
            className={cx(
              'flex max-h-[92dvh] w-full flex-col rounded-t-xl bg-raised shadow-dialog outline-none transition-[opacity,translate] data-ending-style:opacity-0 data-starting-style:translate-y-2 data-starting-style:opacity-0 sm:max-h-[76vh] sm:rounded-xl',
              WIDTHS[size],
            )}
          >
            <DialogContent title={title} description={description} footer={footer}>
              {children}
            </DialogContent>
          </BaseDialog.Popup>
        </BaseDialog.Viewport>
      </BaseDialog.Portal>
    </BaseDialog.Root>
  )
}

type DialogContentProps = Pick<DialogProps, 'title' | 'description' | 'children' | 'footer'>

/** What a dialog and a sheet have inside: a header and a footer that stay, and a body that scrolls. */
export function DialogContent({ title, description, children, footer }: DialogContentProps) {
  return (
    <>
      <DialogHeader title={title} description={description} />
      <div className="relative min-h-0 flex-1 overflow-y-auto px-5 pb-5">{children}</div>
      {footer ? <div className="flex justify-end gap-2 border-t border-line px-5 py-3">{footer}</div> : null}
    </>
  )
}

function DialogHeader({ title, description }: { title: string; description?: ReactNode }) {
  const t = useTranslations('common')
  return (
    <div className="flex items-start gap-3 ps-5 pe-3 pt-4 pb-3">
      <div className="min-w-0 flex-1">
        <BaseDialog.Title className="text-lg font-semibold">{title}</BaseDialog.Title>
        {description ? (
          <BaseDialog.Description className="mt-0.5 text-sm text-text-muted">
            {description}
          </BaseDialog.Description>
        ) : null}
      </div>
      <BaseDialog.Close
        render={
          <IconButton label={t('action.close')} size="sm">
            <X aria-hidden />
          </IconButton>
        }
      />
    </div>
  )
}
