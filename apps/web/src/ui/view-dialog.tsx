import type { SavedView } from '@sarai/api'
import { VIEW_NAME_LENGTH_MAX } from '@sarai/api/view/schema'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { CheckboxField } from './checkbox-field.tsx'
import { FormDialog } from './form-dialog.tsx'
import { TextField } from './text-field.tsx'
import { whyNot } from './use-change-view.ts'
import type { ViewProps } from './view-desk.ts'

interface ViewDialogProps extends ViewProps {
  /** Left out: a new one, of the list as it is. */
  view?: SavedView<object> | undefined
  onClose: () => void
}

/** A name for a list, and whether the team has it too. */
export function ViewDialog({ desk, view, search, onSearchChange, onClose }: ViewDialogProps) {
  const t = useTranslations('view')
  const tc = useTranslations('common.action')
  const [name, setName] = useState(view?.name ?? '')
  const [isShared, setShared] = useState(false)
  const [error, setError] = useState<string>()
  const [isBusy, setBusy] = useState(false)
  async function submit(): Promise<void> {
    if (name.trim() === '') return setError(t('nameMissing'))
    setBusy(true)
    try {
      const saved = await (view
        ? desk.update({ id: view.id, version: view.version, name })
        : desk.create({ name, isShared, content: desk.toContent(search) }))
      await desk.refresh()
      onSearchChange({ ...search, view: saved.id })
      onClose()
    } catch (refusal) {
      setError(t(whyNot(refusal)))
      setBusy(false)
      void desk.refresh()
    }
  }
  return (
    <FormDialog
      title={t(view ? 'renameTitle' : 'saveAsTitle')}
      {...(!view && { description: t('saveAsText') })}
      submitLabel={tc('save')}
      isBusy={isBusy}
      onSubmit={() => void submit()}
      onClose={onClose}
    >
      <TextField
        label={t('name')}
        dir="auto"
        maxLength={VIEW_NAME_LENGTH_MAX}
        value={name}
        error={error}
        onChange={(event) => {
          setName(event.target.value)
          setError(undefined)
        }}
      />
      {view || !desk.mayShare ? null : (
        <CheckboxField
          label={t('forTeam')}
          checked={isShared}
          onChange={(event) => setShared(event.target.checked)}
        />
      )}
    </FormDialog>
  )
}
