import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { IntoFields } from './into-fields.tsx'
import { EMPTY_INTO, findIntoErrors, type IntoErrors, readIntoErrors, toIntoInput } from './into-form.ts'
import type { ListedTenant } from './tenant-table.tsx'
import { findConflictText, useTransferVerbs } from './use-transfer-verbs.ts'

interface CloneTenantDialogProps {
  tenant: Pick<ListedTenant, 'tenantKey' | 'name'>
  onClose: () => void
}

/** Another tenant with the same rows and files; it says what is left behind. */
export function CloneTenantDialog({ tenant: { tenantKey, name }, onClose }: CloneTenantDialogProps) {
  const t = useTranslations('fleet.transfer')
  const [form, setForm] = useState(EMPTY_INTO)
  const [errors, setErrors] = useState<IntoErrors>({})
  const { clone } = useTransferVerbs()
  function submit(): void {
    const found = findIntoErrors(form)
    setErrors(found)
    if (Object.keys(found).length > 0) return
    const input = { tenantKey, ...toIntoInput(form) }
    clone.mutate(input, { onSuccess: onClose, onError: (error) => setErrors(readIntoErrors(error)) })
  }
  const reaction = clone.error ? reactTo(clone.error) : null
  const refusal = reaction?.kind === 'conflict' ? findConflictText(reaction.details) : undefined
  return (
    <FormDialog
      size="md"
      title={t('cloneTitle', { name })}
      description={t('cloneText')}
      submitLabel={t('cloneStart')}
      isBusy={clone.isPending}
      onSubmit={submit}
      onClose={onClose}
    >
      <IntoFields form={form} errors={errors} onChange={setForm} />
      <p className="text-sm text-text-muted">{t('notCopied')}</p>
      <p role="alert" className="text-sm text-danger-text empty:hidden">
        {refusal ? t(refusal) : null}
      </p>
    </FormDialog>
  )
}
