import type { Rule } from '@sarai/api'
import { ACT_KINDS, listContradictions } from '@sarai/api/act/schema'
import { CreateRuleInput, RULE_NAME_LENGTH_MAX, RULE_VARIABLES } from '@sarai/api/rule/schema'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { CheckboxField } from '../../ui/checkbox-field.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { ActFields } from './act-fields.tsx'
import { ConditionFields } from './condition-fields.tsx'
import { TriggerField } from './trigger-field.tsx'
import { TryRule } from './try-rule.tsx'
import { useSaveRule } from './use-save-rule.ts'

interface RuleDialogProps {
  /** Left out: a new one. */
  rule?: Rule
  onClose: () => void
}

/** A rule is nobody: what it does for "whoever runs it" has no meaning. */
const RULE_ACT_KINDS = ACT_KINDS.filter((kind) => kind !== 'take')

const NEW_RULE: CreateRuleInput = {
  name: '',
  isOn: true,
  trigger: { kind: 'customerWrote' },
  conditions: [],
  acts: [],
}

/** When, if, then; and on which conversations it would have been. */
export function RuleDialog({ rule, onClose }: RuleDialogProps) {
  const t = useTranslations('rule')
  const tm = useTranslations('macro')
  const [values, setValues] = useState<CreateRuleInput>(() => toValues(rule))
  const [errors, setErrors] = useState<{ name?: string; rule?: string }>({})
  const { save, isSaving } = useSaveRule(rule, {
    onDone: onClose,
    onRefused: (why) =>
      setErrors(why === 'nameTaken' || why === 'tooMany' ? { name: t(why) } : { rule: t(why) }),
  })
  function change(next: Partial<CreateRuleInput>): void {
    setValues({ ...values, ...next })
    setErrors({})
  }
  function submit(): void {
    if (values.name.trim() === '') return setErrors({ name: tm('nameMissing') })
    if (values.acts.length === 0) return setErrors({ rule: tm('actsMissing') })
    if (listContradictions(values.acts).length > 0) return setErrors({ rule: tm('actsContradict') })
    if (!CreateRuleInput.safeParse(values).success) return setErrors({ rule: t('invalid') })
    save(values)
  }
  return (
    <FormDialog
      title={t(rule ? 'editTitle' : 'new')}
      size="md"
      submitLabel={tm('save')}
      isBusy={isSaving}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={tm('name')}
        dir="auto"
        maxLength={RULE_NAME_LENGTH_MAX}
        value={values.name}
        error={errors.name}
        onChange={({ target }) => change({ name: target.value })}
      />
      <TriggerField trigger={values.trigger} onChange={(trigger) => change({ trigger })} />
      <ConditionFields conditions={values.conditions} onChange={(conditions) => change({ conditions })} />
      <TryRule conditions={values.conditions} />
      <ActFields
        acts={values.acts}
        error={errors.rule}
        kinds={RULE_ACT_KINDS}
        variables={RULE_VARIABLES}
        onChange={(acts) => change({ acts })}
      />
      <CheckboxField
        label={t('isOn')}
        checked={values.isOn}
        onChange={({ target }) => change({ isOn: target.checked })}
      />
    </FormDialog>
  )
}

function toValues(rule: Rule | undefined): CreateRuleInput {
  if (!rule) return NEW_RULE
  const { name, isOn, trigger, conditions, acts } = rule
  return { name, isOn, trigger, conditions, acts }
}
