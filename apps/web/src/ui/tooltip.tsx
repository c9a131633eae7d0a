import { Tooltip as BaseTooltip } from '@base-ui/react/tooltip'
import type { ReactElement } from 'react'
import { Kbd } from './kbd.tsx'

const OPEN_DELAY_MS = 400

export interface TooltipProps {
  label: string
  keys?: string
  side?: 'top' | 'bottom' | 'inline-start' | 'inline-end'
  /** The element it explains; it must have an accessible name of its own. */
  children: ReactElement
}

export function Tooltip({ label, keys, side = 'bottom', children }: TooltipProps) {
  return (
    <BaseTooltip.Root>
      <BaseTooltip.Trigger delay={OPEN_DELAY_MS} render={children} />
      <BaseTooltip.Portal>
        <BaseTooltip.Positioner side={side} sideOffset={6} collisionPadding={8} className="z-50">
          <BaseTooltip.Popup className="flex items-center gap-2 rounded-md bg-inverse px-2 py-1 text-xs text-text-inverse transition-opacity data-ending-style:opacity-0 data-starting-style:opacity-0">
            {label}
            {keys ? <Kbd keys={keys} /> : null}
          </BaseTooltip.Popup>
        </BaseTooltip.Positioner>
      </BaseTooltip.Portal>
    </BaseTooltip.Root>
  )
}
