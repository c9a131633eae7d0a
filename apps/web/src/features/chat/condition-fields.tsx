import { CONVERSATION_STATUSES } from '@sarai/api/chat/schema'
import {
  RULE_CONDITION_KINDS,
  RULE_CONDITIONS_MAX,
  RULE_WORD_LENGTH_MAX,
  RULE_WORDS_MAX,
  type RuleCondition,
} from '@sarai/api/rule/schema'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { Select } from '../../ui/select.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { LineFields } from './line-fields.tsx'
import { LabelSelect, MemberSelect, PrioritySelect, TagSelect, TeamSelect } from './named-selects.tsx'

interface ConditionFieldsProps {
  conditions: readonly RuleCondition[]
  onChange: (conditions: RuleCondition[]) => void
}

/** What must be so, one line for each; all of them. */
export function ConditionFields({ conditions, onChange }: ConditionFieldsProps) {
  const t = useTranslations('rule')
  return (
    <LineFields
      legend={t('conditions')}
      lines={conditions}
      linesMax={RULE_CONDITIONS_MAX}
      nameOf={(number) => t('conditionNumber', { number })}
      removeNameOf={(number) => t('removeCondition', { number })}
      addName={t('addCondition')}
      onChange={onChange}
      makeLine={() => toCondition('words')}
      renderLine={(condition, replace) => (
        <>
          <div className="grid grid-cols-[minmax(0,1fr)_7rem] gap-2">
            <Select
              label={t('what')}
              value={condition.kind}
              options={RULE_CONDITION_KINDS.map((kind) => ({ value: kind, label: t(`condition.${kind}`) }))}
              onChange={(kind) => replace(toCondition(kind))}
            />
            <Select
              label={t('isOrNot')}
              value={condition.is ? 'yes' : 'no'}
              options={(['yes', 'no'] as const).map((value) => ({ value, label: t(`holds.${value}`) }))}
              onChange={(value) => replace({ ...condition, is: value === 'yes' })}
            />
          </div>
          <ConditionValue key={condition.kind} condition={condition} onChange={replace} />
        </>
      )}
    />
  )
}

/** An id that nobody has chosen yet: the schema refuses it. */
const NOT_CHOSEN = ''

function toCondition(kind: RuleCondition['kind']): RuleCondition {
  switch (kind) {
    case 'status':
      return { kind, is: true, status: 'open' }
    case 'priority':
      return { kind, is: true, priority: 'high' }
    case 'label':
      return { kind, is: true, labelId: NOT_CHOSEN }
    case 'assignee':
      return { kind, is: true, assigneeId: null }
    case 'team':
      return { kind, is: true, teamId: null }
    case 'customerTag':
      return { kind, is: true, tagId: NOT_CHOSEN }
    case 'words':
      return { kind, is: true, words: [] }
  }
}

interface ConditionValueProps {
  condition: RuleCondition
  onChange: (condition: RuleCondition) => void
}

function ConditionValue({ condition, onChange }: ConditionValueProps) {
  const t = useTranslations('rule')
  const ts = useTranslations('chat.status')
  switch (condition.kind) {
    case 'status':
      return (
        <Select
          label={t('condition.status')}
          value={condition.status}
          options={CONVERSATION_STATUSES.map((value) => ({ value, label: ts(value) }))}
          onChange={(status) => onChange({ ...condition, status })}
        />
      )
    case 'priority':
      return (
        <PrioritySelect
          value={condition.priority}
          onChange={(priority) => onChange({ ...condition, priority })}
        />
      )
    case 'label':
      return (
        <LabelSelect value={condition.labelId} onChange={(labelId) => onChange({ ...condition, labelId })} />
      )
    case 'assignee':
      return (
        <MemberSelect
          value={condition.assigneeId}
          onChange={(assigneeId) => onChange({ ...condition, assigneeId })}
        />
      )
    case 'team':
      return <TeamSelect value={condition.teamId} onChange={(teamId) => onChange({ ...condition, teamId })} />
    case 'customerTag':
      return <TagSelect value={condition.tagId} onChange={(tagId) => onChange({ ...condition, tagId })} />
    case 'words':
      return <Words words={condition.words} onChange={(words) => onChange({ ...condition, words })} />
  }
}

/** Between commas of both languages. */
function Words({ words, onChange }: { words: readonly string[]; onChange: (words: string[]) => void }) {
  const t = useTranslations('rule')
  const [text, setText] = useState(() => words.join(', '))
  return (
    <TextField
      label={t('words')}
      hint={t('wordsHint')}
      dir="auto"
      maxLength={RULE_WORDS_MAX * (RULE_WORD_LENGTH_MAX + 2)}
      value={text}
      onChange={({ target }) => {
        setText(target.value)
        onChange(target.value.split(/[,،]/u).flatMap((word) => word.trim() || []))
      }}
    />
  )
}
