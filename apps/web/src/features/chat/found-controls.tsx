import { useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Select, type SelectOption } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { daysBefore, type FoundFilter, listParts, today, withoutPart } from './found-filter.ts'
import { useTenantZone } from './use-tenant-zone.ts'

export interface FoundControlsProps {
  filter: FoundFilter
  onFilterChange: (filter: FoundFilter) => void
}

const ANY = 'any'

/** Whose, of which days, notes or not: each says what it is now, and one press takes all of it away. */
export function FoundControls({ filter, onFilterChange }: FoundControlsProps) {
  const t = useTranslations('chat.found')
  const change = { filter, onFilterChange }
  const now = today(useTenantZone().timeZone)
  const when = whenOf(filter, now)
  return (
    <div role="group" aria-label={t('narrow')} className="px-1.5 pb-1">
      <div className="flex flex-wrap items-center">
        <WriterSelect {...change} />
        <KindSelect {...change} />
        <WhenSelect {...change} when={when} now={now} />
        {listParts(filter).length === 0 ? null : (
          <Button size="sm" variant="ghost" onClick={() => onFilterChange({})}>
            {t('clear')}
          </Button>
        )}
      </div>
      {when === 'own' ? <Days {...change} /> : null}
    </div>
  )
}

function WriterSelect({ filter, onFilterChange }: FoundControlsProps) {
  const t = useTranslations('chat.found')
  const trpc = useTrpc()
  const { data } = useQuery(trpc.chat.member.list.queryOptions())
  const { by = ANY } = filter
  const options: SelectOption<string>[] = [
    { value: ANY, label: t('by.any') },
    { value: 'customers', label: t('by.customers') },
    { value: 'team', label: t('by.team') },
    ...(data?.items ?? []).map(({ id, name }) => ({ value: id, label: name, group: t('by.members') })),
  ]
  if (data && !options.some(({ value }) => value === by))
    options.push({ value: by, label: t('by.gone'), isDisabled: true })
  return (
    <Select
      label={t('by.label')}
      isQuiet
      className="max-w-40"
      value={by}
      options={options}
      onChange={(next) => onFilterChange({ ...withoutPart(filter, 'by'), ...(next !== ANY && { by: next }) })}
    />
  )
}

const KINDS = [ANY, 'messages', 'notes'] as const

function KindSelect({ filter, onFilterChange }: FoundControlsProps) {
  const t = useTranslations('chat.found')
  return (
    <Select
      label={t('kind.label')}
      isQuiet
      value={filter.kind ?? ANY}
      options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
      onChange={(kind) => onFilterChange({ ...withoutPart(filter, 'kind'), ...(kind !== ANY && { kind }) })}
    />
  )
}

/** Days up to today. */
const PRESETS = { week: 7, month: 30, year: 365 } as const
const WHENS = [ANY, 'week', 'month', 'year', 'own'] as const
type When = (typeof WHENS)[number]

/** Which of the choices the days are; those that are none of the usual ones have fields of their own. */
function whenOf({ since, until }: FoundFilter, now: string): When {
  if (!since && !until) return ANY
  const preset = (['week', 'month', 'year'] as const).find((each) => firstDay(each, now) === since)
  return until || !preset ? 'own' : preset
}

function firstDay(preset: keyof typeof PRESETS, now: string): string {
  return daysBefore(now, PRESETS[preset] - 1)
}

function WhenSelect(props: FoundControlsProps & { when: When; now: string }) {
  const { filter, onFilterChange, when, now } = props
  const t = useTranslations('chat.found')
  function choose(next: When): void {
    const others = withoutPart(filter, 'when')
    if (next === ANY) onFilterChange(others)
    else if (next === 'own')
      onFilterChange({ ...others, since: filter.since ?? firstDay('month', now), until: now })
    else onFilterChange({ ...others, since: firstDay(next, now) })
  }
  return (
    <Select
      label={t('when.label')}
      isQuiet
      value={when}
      options={WHENS.map((each) => ({ value: each, label: t(`when.${each}`) }))}
      onChange={choose}
    />
  )
}

function Days({ filter, onFilterChange }: FoundControlsProps) {
  const t = useTranslations('chat.found')
  const field = (name: 'since' | 'until') => (
    <TextField
      type="date"
      label={t(`when.${name}`)}
      isLabelHidden
      before={<span className="text-xs text-text-muted">{t(`when.${name}`)}</span>}
      value={filter[name] ?? ''}
      onChange={({ target }) => {
        const { [name]: _, ...others } = filter
        onFilterChange(target.value === '' ? others : { ...others, [name]: target.value })
      }}
    />
  )
  return (
    <div className="grid gap-2 px-2.5 pt-1 sm:max-lg:grid-cols-2">
      {field('since')}
      {field('until')}
    </div>
  )
}
