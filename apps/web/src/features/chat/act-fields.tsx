import {
  type Act,
  ACT_KINDS,
  type ActKind,
  ACTS_MAX,
  listContradictions,
  SNOOZE_MINUTES_MAX,
} from '@sarai/api/act/schema'
import type { CannedVariable } from '@sarai/api/chat/schema'
import { useTranslations } from 'use-intl'
import { Select } from '../../ui/select.tsx'
import { DurationField } from './duration-field.tsx'
import { LineFields } from './line-fields.tsx'
import { LabelSelect, MemberSelect, PrioritySelect, TeamSelect } from './named-selects.tsx'
import { TextWithPlaces } from './text-with-places.tsx'

interface ActFieldsProps {
  acts: readonly Act[]
  error: string | undefined
  /** Left out: all of them. */
  kinds?: readonly ActKind[]
  /** What texts can be filled in with. Default: all there is. */
  variables?: readonly CannedVariable[]
  onChange: (acts: Act[]) => void
}

/** What is done, one line for each act, in the order in which it is done. */
export function ActFields({ acts, error, kinds = ACT_KINDS, variables, onChange }: ActFieldsProps) {
  const t = useTranslations('macro')
  // What contradicts nothing that is there already.
  const further =
    kinds.find((kind) => !listContradictions([...acts, toAct(kind)]).includes(acts.length)) ?? 'addLabel'
  return (
    <LineFields
      legend={t('acts')}
      lines={acts}
      linesMax={ACTS_MAX}
      nameOf={(number) => t('actNumber', { number })}
      removeNameOf={(number) => t('removeAct', { number })}
      addName={t('addAct')}
      error={error}
      onChange={onChange}
      makeLine={() => toAct(further)}
      renderLine={(act, replace) => (
        <>
          <Select
            label={t('what')}
            value={act.kind}
            options={kinds.map((kind) => ({ value: kind, label: t(`act.${kind}`) }))}
            onChange={(kind) => replace(toAct(kind, act))}
            className="w-full"
          />
          <ActValue key={act.kind} act={act} variables={variables} onChange={replace} />
        </>
      )}
    />
  )
}

/** An id that nobody has chosen yet: the schema refuses it. */
const NOT_CHOSEN = ''
const SNOOZE_DEFAULT_MINUTES = 60

/** One of another kind keeps what both have: a text, a label. */
function toAct(kind: ActKind, before?: Act): Act {
  switch (kind) {
    case 'reply':
    case 'note':
      return { kind, body: before && 'body' in before ? before.body : '' }
    case 'addLabel':
    case 'removeLabel':
      return { kind, labelId: before && 'labelId' in before ? before.labelId : NOT_CHOSEN }
    case 'setPriority':
      return { kind, priority: 'high' }
    case 'assign':
      return { kind, assigneeId: null }
    case 'take':
      return { kind }
    case 'setTeam':
      return { kind, teamId: null }
    case 'setStatus':
      return { kind, status: 'resolved' }
    case 'snooze':
      return { kind, minutes: SNOOZE_DEFAULT_MINUTES }
  }
}

interface ActValueProps {
  act: Act
  variables: readonly CannedVariable[] | undefined
  onChange: (act: Act) => void
}

function ActValue({ act, variables, onChange }: ActValueProps) {
  const t = useTranslations('macro')
  const ts = useTranslations('chat.status')
  switch (act.kind) {
    case 'reply':
    case 'note':
      return (
        <TextWithPlaces
          label={t('body')}
          variables={variables}
          value={act.body}
          error={undefined}
          onChange={(body) => onChange({ ...act, body })}
        />
      )
    case 'addLabel':
    case 'removeLabel':
      return <LabelSelect value={act.labelId} onChange={(labelId) => onChange({ ...act, labelId })} />
    case 'setPriority':
      return <PrioritySelect value={act.priority} onChange={(priority) => onChange({ ...act, priority })} />
    case 'assign':
      return (
        <MemberSelect value={act.assigneeId} onChange={(assigneeId) => onChange({ ...act, assigneeId })} />
      )
    case 'setTeam':
      return <TeamSelect value={act.teamId} onChange={(teamId) => onChange({ ...act, teamId })} />
    case 'setStatus':
      return (
        <Select
          label={t('status')}
          value={act.status}
          options={(['open', 'resolved'] as const).map((value) => ({ value, label: ts(value) }))}
          onChange={(status) => onChange({ ...act, status })}
        />
      )
    case 'snooze':
      return (
        <DurationField
          label={t('snoozeFor')}
          minutes={act.minutes}
          minutesMax={SNOOZE_MINUTES_MAX}
          onChange={(minutes) => onChange({ ...act, minutes })}
        />
      )
    case 'take':
      return null
  }
}
