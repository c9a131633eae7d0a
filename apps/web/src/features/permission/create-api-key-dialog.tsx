import { API_KEY_NAME_LENGTH_MAX, type Permission } from '@sarai/api/permission/schema'
import { type SubmitEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../ui/button.tsx'
import { CopyBox } from '../../ui/copy-box.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ChoiceField } from '../../ui/choice-field.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { KeyPermissions } from './key-permissions.tsx'
import type { MadeKey } from './role-types.ts'
import { type KeyError, useCreateKey } from './use-create-key.ts'

/** First the form, then the key, which is said once. */
export function CreateApiKeyDialog({ isOpen, onClose }: { isOpen: boolean; onClose: () => void }) {
  const t = useTranslations('permission.apiKey')
  const [made, setMade] = useState<MadeKey | null>(null)
  function close(): void {
    onClose()
    setMade(null)
  }
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={close}
      title={made ? t('madeTitle', { name: made.key.name }) : t('create')}
      description={made ? t('madeText') : t('createText')}
    >
      {made ? (
        <div className="flex flex-col gap-4">
          <CopyBox label={t('secret')} value={made.secret} />
          <div className="flex justify-end">
            <Button variant="primary" onClick={close}>
              {t('done')}
            </Button>
          </div>
        </div>
      ) : (
        <CreateForm onMade={setMade} onCancel={close} />
      )}
    </Dialog>
  )
}

const DAYS = ['30', '90', '365', 'never'] as const
type Days = (typeof DAYS)[number]

function CreateForm({ onMade, onCancel }: { onMade: (made: MadeKey) => void; onCancel: () => void }) {
  const t = useTranslations('permission.apiKey')
  const common = useTranslations('common')
  const [name, setName] = useState('')
  const [permissions, setPermissions] = useState<ReadonlySet<Permission>>(new Set())
  const [days, setDays] = useState<Days>('90')
  const [error, setError] = useState<KeyError | null>(null)
  const { create, isCreating } = useCreateKey({ onMade, onRefused: setError })

  function submit(event: SubmitEvent): void {
    event.preventDefault()
    if (name.trim() === '') return setError('nameMissing')
    if (permissions.size === 0) return setError('chooseOne')
    create({ name, permissions, ...(days !== 'never' && { endsAfterDays: Number(days) }) })
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <TextField
        label={t('name')}
        dir="auto"
        maxLength={API_KEY_NAME_LENGTH_MAX}
        hint={t('nameHint')}
        value={name}
        error={error === 'nameMissing' ? common('field.required') : undefined}
        onChange={(event) => {
          setName(event.target.value)
          setError(null)
        }}
      />
      <KeyPermissions
        chosen={permissions}
        onChange={(next) => {
          setPermissions(next)
          setError(null)
        }}
      />
      <ChoiceField
        label={t('ends')}
        options={DAYS.map((value) => ({
          value,
          label: value === 'never' ? t('endsNever') : t('endsAfter', { days: Number(value) }),
        }))}
        value={days}
        onChange={setDays}
      />
      {error === null || error === 'nameMissing' ? null : (
        <p role="alert" className="text-sm text-danger-text">
          {t(error)}
        </p>
      )}
      <div className="flex justify-end gap-2">
        <Button onClick={onCancel}>{common('action.cancel')}</Button>
        <Button type="submit" variant="primary" isBusy={isCreating}>
          {common('action.create')}
        </Button>
      </div>
    </form>
  )
}
