import CalendarClock from 'lucide-react/icons/calendar-clock'
import Clock from 'lucide-react/icons/clock'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { AnchoredMenu } from '../../ui/anchored-menu.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { MenuItem, MenuLabel } from '../../ui/menu.tsx'
import { Tooltip } from '../../ui/tooltip.tsx'
import { SnoozeDialog } from './snooze-dialog.tsx'
import { SnoozeTimes } from './snooze-menu.tsx'
import { useTenantZone } from './use-tenant-zone.ts'

/** The times that a snooze offers, by the clock of the business. */
export function SendLater({ onSendLater }: { onSendLater: (at: Date) => void }) {
  const t = useTranslations('chat.scheduled')
  const anchor = useRef<HTMLButtonElement>(null)
  const [isOpen, setOpen] = useState(false)
  const [isChoosing, setChoosing] = useState(false)
  const { timeZone, isOwn } = useTenantZone()
  const title = isOwn ? t('at') : t('atIn', { zone: timeZone })
  return (
    <>
      <Tooltip label={t('later')} side="top">
        <IconButton
          ref={anchor}
          label={t('later')}
          aria-haspopup="menu"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          <Clock aria-hidden />
        </IconButton>
      </Tooltip>
      <AnchoredMenu isOpen={isOpen} onOpenChange={setOpen} anchor={anchor} align="end">
        <MenuLabel>{title}</MenuLabel>
        <SnoozeTimes onSnooze={onSendLater} timeZone={timeZone} />
        <MenuItem icon={<CalendarClock aria-hidden />} onSelect={() => setChoosing(true)}>
          {t('choose')}
        </MenuItem>
      </AnchoredMenu>
      {isChoosing ? (
        <SnoozeDialog
          title={title}
          submitLabel={t('chooseDo')}
          timeZone={timeZone}
          onClose={() => setChoosing(false)}
          onSnooze={onSendLater}
        />
      ) : null}
    </>
  )
}
