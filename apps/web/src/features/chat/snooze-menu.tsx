import CalendarClock from 'lucide-react/icons/calendar-clock'
import Sunrise from 'lucide-react/icons/sunrise'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { AnchoredMenu } from '../../ui/anchored-menu.tsx'
import type { LazyMenuContentProps } from '../../ui/lazy-menu.tsx'
import { MenuItem, MenuLabel, MenuSeparator } from '../../ui/menu.tsx'
import { listSnoozeTimes } from './snooze-times.ts'

export interface SnoozeMenuProps extends LazyMenuContentProps {
  isSnoozed: boolean
  onSnooze: (until: Date) => void
  onWake: () => void
  /** Any other time. */
  onChoose: () => void
}

export function SnoozeMenu({ isSnoozed, onSnooze, onWake, onChoose, ...menu }: SnoozeMenuProps) {
  const t = useTranslations('chat.action')
  return (
    <AnchoredMenu {...menu} align="end">
      <MenuLabel>{t('snoozeUntil')}</MenuLabel>
      <SnoozeTimes onSnooze={onSnooze} />
      <MenuItem icon={<CalendarClock aria-hidden />} onSelect={onChoose}>
        {t('snoozeChoose')}
      </MenuItem>
      {isSnoozed ? (
        <>
          <MenuSeparator />
          <MenuItem icon={<Sunrise aria-hidden />} onSelect={onWake}>
            {t('wake')}
          </MenuItem>
        </>
      ) : null}
    </AnchoredMenu>
  )
}

/** Drawn anew each time the menu opens, so the times are those of that moment; by the clock of a zone, or one's own. */
export function SnoozeTimes({
  onSnooze,
  timeZone,
}: Pick<SnoozeMenuProps, 'onSnooze'> & { timeZone?: string | undefined }) {
  const t = useTranslations('chat.snooze')
  const format = useFormat()
  const [times] = useState(() => listSnoozeTimes(new Date(), timeZone))
  return times.map(({ choice, until }) => {
    const iso = until.toISOString()
    const isToday = choice === 'inOneHour' || choice === 'thisEvening'
    return (
      <MenuItem key={choice} onSelect={() => onSnooze(until)}>
        <span className="flex items-baseline justify-between gap-6">
          {t(choice)}
          <span className="text-xs text-text-faint tabular">
            {isToday ? format.time(iso, timeZone) : format.dateTime(iso, timeZone)}
          </span>
        </span>
      </MenuItem>
    )
  })
}
