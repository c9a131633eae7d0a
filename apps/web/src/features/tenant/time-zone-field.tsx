import { Combobox } from '@base-ui/react/combobox'
import Check from 'lucide-react/icons/check'
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down'
import { useMemo } from 'react'
import { useLocale, useTranslations } from 'use-intl'
import { controlBoxClass } from '../../ui/control.ts'
import { cx } from '../../ui/cx.ts'
import { Field } from '../../ui/field.tsx'
import { POPUP_CLASS, POPUP_ITEM_CLASS } from '../../ui/popup.ts'
import { describeZone, listTimeZones, matchesZone, toZoneLabel } from './time-zones.ts'

/** What fits a glance; typing narrows it. */
const SHOWN_MAX = 60

interface TimeZoneFieldProps {
  value: string
  onChange: (timeZone: string) => void
  isDisabled: boolean
}

/** The list of zones, searched by city, country or offset. */
export function TimeZoneField({ value, onChange, isDisabled }: TimeZoneFieldProps) {
  const t = useTranslations('tenant')
  const locale = useLocale()
  const zones = useMemo(() => listTimeZones(value), [value])
  return (
    <Combobox.Root
      items={zones}
      value={value}
      itemToStringLabel={toZoneLabel}
      onValueChange={(zone) => {
        if (zone !== null) onChange(zone)
      }}
      filter={(zone, query) => matchesZone(locale, zone, query)}
      limit={SHOWN_MAX}
      autoHighlight
      disabled={isDisabled}
    >
      <Field label={t('timeZone')} hint={<bdi>{describeZone(locale, value)}</bdi>}>
        {(control) => (
          <div className={controlBoxClass('flex h-8 items-center pointer-coarse:h-10')}>
            <Combobox.Input
              {...control}
              dir="ltr"
              className="h-full w-full min-w-0 flex-1 rounded-md bg-transparent px-2.5 text-start outline-none"
            />
            <Combobox.Trigger
              aria-label={t('showZones')}
              className="grid size-8 place-items-center rounded-md text-text-faint hover:text-text"
            >
              <ChevronsUpDown aria-hidden className="size-3.5" />
            </Combobox.Trigger>
          </div>
        )}
      </Field>
      <Combobox.Portal>
        <Combobox.Positioner sideOffset={4} className="z-50">
          <Combobox.Popup className={cx(POPUP_CLASS, 'max-h-80 w-(--anchor-width)')}>
            <Combobox.Empty className="px-2 py-3 text-sm text-text-muted empty:hidden">
              {t('noZone')}
            </Combobox.Empty>
            <Combobox.List>{(zone: string) => <Option key={zone} zone={zone} />}</Combobox.List>
          </Combobox.Popup>
        </Combobox.Positioner>
      </Combobox.Portal>
    </Combobox.Root>
  )
}

function Option({ zone }: { zone: string }) {
  const locale = useLocale()
  return (
    <Combobox.Item value={zone} className={cx(POPUP_ITEM_CLASS, 'pe-8')}>
      <span className="min-w-0 flex-1">
        <bdi className="block truncate match-parent">{toZoneLabel(zone)}</bdi>
        <bdi className="block truncate text-xs text-text-muted match-parent">
          {describeZone(locale, zone)}
        </bdi>
      </span>
      <Combobox.ItemIndicator className="absolute end-2 text-accent-text">
        <Check aria-hidden className="size-4" />
      </Combobox.ItemIndicator>
    </Combobox.Item>
  )
}
