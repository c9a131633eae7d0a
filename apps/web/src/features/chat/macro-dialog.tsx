import type { Macro } from '@sarai/api'
import { Acts, listContradictions } from '@sarai/api/act/schema'
import { MACRO_NAME_LENGTH_MAX } from '@sarai/api/macro/schema'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { ActFields } from './act-fields.tsx'
import { useSaveMacro } from './use-save-macro.ts'

interface MacroDialogProps {
  /** Left out: a new one. */
  macro?: Macro
  onClose: () => void
}

/** A macro's name and what it does. */
export function MacroDialog({ macro, onClose }: MacroDialogProps) {
  const t = useTranslations('macro')
  const [name, setName] = useState(macro?.name ?? '')
  const [acts, setActs] = useState<Macro['acts']>(macro?.acts ?? [])
  const [errors, setErrors] = useState<{ name?: string; acts?: string }>({})
  const { save, isSaving } = useSaveMacro(macro, {
    onDone: onClose,
    onRefused: (why) =>
      setErrors(why === 'nameTaken' || why === 'tooMany' ? { name: t(why) } : { acts: t(why) }),
  })
  function submit(): void {
    if (name.trim() === '') return setErrors({ name: t('nameMissing') })
    if (acts.length === 0) return setErrors({ acts: t('actsMissing') })
    if (listContradictions(acts).length > 0) return setErrors({ acts: t('actsContradict') })
    if (!Acts.safeParse(acts).success) return setErrors({ acts: t('actsInvalid') })
    save({ name, acts })
  }
  return (
    <FormDialog
      title={t(macro ? 'editTitle' : 'new')}
      size="md"
      submitLabel={t('save')}
      isBusy={isSaving}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextField
        label={t('name')}
        dir="auto"
        maxLength={MACRO_NAME_LENGTH_MAX}
        value={name}
        error={errors.name}
        onChange={({ target }) => {
          setName(target.value)
          setErrors({})
        }}
      />
      <ActFields
        acts={acts}
        error={errors.acts}
        onChange={(next) => {
          setActs(next)
          setErrors({})
        }}
      />
    </FormDialog>
  )
}
