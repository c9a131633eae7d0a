import { Toast as BaseToast } from '@base-ui/react/toast'
import CircleAlert from 'lucide-react/icons/circle-alert'
import CircleCheck from 'lucide-react/icons/circle-check'
import X from 'lucide-react/icons/x'
import { useEffect } from 'react'
import { useTranslations } from 'use-intl'
import { attachToastHost, type Toast } from '../lib/toast.ts'
import { Button } from './button.tsx'
import { IconButton } from './icon-button.tsx'

interface ToastData {
  tone: NonNullable<Toast['tone']>
}

const TIMEOUT_MS = 6_000
const TIMEOUT_WITH_ACTION_MS = 10_000
const TIMEOUT_LASTING_MS = 60_000
const manager = BaseToast.createToastManager<ToastData>()

function add(toast: Toast): void {
  const { id, title, description, tone = 'neutral', action, isLasting = false } = toast
  manager.add({
    ...(id !== undefined && { id }),
    title,
    description,
    timeout: isLasting ? TIMEOUT_LASTING_MS : action ? TIMEOUT_WITH_ACTION_MS : TIMEOUT_MS,
    priority: tone === 'danger' ? 'high' : 'low',
    data: { tone },
    ...(action && {
      actionProps: {
        children: action.label,
        onClick: () => {
          action.run()
          if (id !== undefined) manager.close(id)
        },
      },
    }),
  })
}

/** Draws what lib/toast.ts was told. Loaded with the first toast. */
export function Toaster() {
  useEffect(() => attachToastHost({ add }), [])
  return (
    <BaseToast.Provider toastManager={manager} limit={3}>
      <BaseToast.Portal>
        {/* Where nothing is written or sent: a composer stands at the bottom of a phone and of a wide screen's end. */}
        <BaseToast.Viewport className="fixed start-4 end-4 top-[calc(4rem+env(safe-area-inset-top))] z-60 flex flex-col items-stretch gap-2 md:start-6 md:end-auto md:top-auto md:bottom-6 md:w-90">
          <ToastList />
        </BaseToast.Viewport>
      </BaseToast.Portal>
    </BaseToast.Provider>
  )
}

const ICONS = { neutral: null, success: CircleCheck, danger: CircleAlert }

function ToastList() {
  const t = useTranslations('common')
  const { toasts } = BaseToast.useToastManager<ToastData>()
  return toasts.map((toast) => {
    const tone = toast.data?.tone ?? 'neutral'
    const Icon = ICONS[tone]
    return (
      <BaseToast.Root
        key={toast.id}
        toast={toast}
        swipeDirection={['down', 'left', 'right']}
        className="rounded-lg bg-raised shadow-popover transition-[opacity,translate] data-ending-style:opacity-0 data-limited:hidden data-starting-style:translate-y-2 data-starting-style:opacity-0"
      >
        <BaseToast.Content className="flex items-center gap-2 py-2 ps-3 pe-1.5">
          {Icon ? (
            <Icon
              aria-hidden
              className={tone === 'danger' ? 'size-4 text-danger-text' : 'size-4 text-success-text'}
            />
          ) : null}
          <div className="min-w-0 flex-1 py-1">
            <BaseToast.Title className="text-sm font-medium" />
            <BaseToast.Description className="text-sm text-text-muted" />
          </div>
          {toast.actionProps ? <BaseToast.Action render={<Button size="sm" />} /> : null}
          <BaseToast.Close render={<IconButton size="sm" label={t('action.dismiss')} />}>
            <X aria-hidden />
          </BaseToast.Close>
        </BaseToast.Content>
      </BaseToast.Root>
    )
  })
}
