import { CONVERSATION_STATUSES } from '@sarai/api/chat/schema'
import { RULE_TRIGGER_KINDS, type RuleTrigger, UNANSWERED_MINUTES_MAX } from '@sarai/api/rule/schema'
import { useTranslations } from 'use-intl'
import { ChoiceField } from '../../ui/choice-field.tsx'
import { Select } from '../../ui/select.tsx'
import { DurationField } from './duration-field.tsx'

const ANY = 'any'
const UNANSWERED_DEFAULT_MINUTES = 60

interface TriggerFieldProps {
  trigger: RuleTrigger
  onChange: (trigger: RuleTrigger) => void
}

/** What a rule waits for. */
export function TriggerField({ trigger, onChange }: TriggerFieldProps) {
  const t = useTranslations('rule')
  const ts = useTranslations('chat.status')
  return (
    <div className="flex flex-col gap-2">
      <ChoiceField
        label={t('when')}
        value={trigger.kind}
        options={RULE_TRIGGER_KINDS.map((kind) => ({ value: kind, label: t(`trigger.${kind}`) }))}
        onChange={(kind) =>
          onChange(kind === 'unanswered' ? { kind, minutes: UNANSWERED_DEFAULT_MINUTES } : { kind })
        }
      />
      {trigger.kind === 'statusChanged' ? (
        <Select
          label={t('toStatus')}
          value={trigger.to ?? ANY}
          options={([ANY, ...CONVERSATION_STATUSES] as const).map((value) => ({
            value,
            label: ts(value),
          }))}
          onChange={(to) => onChange(to === ANY ? { kind: 'statusChanged' } : { ...trigger, to })}
        />
      ) : null}
      {trigger.kind === 'unanswered' ? (
        <DurationField
          label={t('waitedFor')}
          minutes={trigger.minutes}
          minutesMax={UNANSWERED_MINUTES_MAX}
          onChange={(minutes) => onChange({ ...trigger, minutes })}
        />
      ) : null}
    </div>
  )
}
