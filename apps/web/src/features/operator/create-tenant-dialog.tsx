import { TENANT_NAME_LENGTH_MAX } from '@sarai/api/tenant/schema'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { flushSync } from 'react-dom'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { globalTrpc, type Trpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { CreatedTenantNote } from './created-tenant-note.tsx'
import { findTenantFormErrors, type TenantForm, type TenantFormErrors } from './tenant-form-errors.ts'

export type CreatedTenant = Trpc['operator']['tenant']['create']['~types']['output']

const EMPTY: TenantForm = { tenantKey: '', name: '', ownerEmail: '' }

interface CreateTenantDialogProps {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}

/** First the form, then what the owner needs to get in. */
export function CreateTenantDialog({ isOpen, onOpenChange }: CreateTenantDialogProps) {
  const t = useTranslations('operator')
  const [created, setCreated] = useState<CreatedTenant | null>(null)
  function changeOpen(next: boolean): void {
    onOpenChange(next)
    if (!next) setCreated(null)
  }
  return (
    <Dialog
      isOpen={isOpen}
      onOpenChange={changeOpen}
      title={created ? t('createdTitle', { name: created.name }) : t('create')}
      description={created ? undefined : t('createText')}
    >
      {created ? (
        <CreatedTenantNote tenant={created} onDone={() => changeOpen(false)} />
      ) : (
        <CreateTenantForm onCreated={setCreated} onCancel={() => changeOpen(false)} />
      )}
    </Dialog>
  )
}

interface CreateTenantFormProps {
  onCreated: (tenant: CreatedTenant) => void
  onCancel: () => void
}

function CreateTenantForm({ onCreated, onCancel }: CreateTenantFormProps) {
  const t = useTranslations('operator')
  const common = useTranslations('common')
  const queryClient = useQueryClient()
  const [form, setForm] = useState(EMPTY)
  const [errors, setErrors] = useState<TenantFormErrors>({})
  const create = useMutation(
    globalTrpc.operator.tenant.create.mutationOptions({
      meta: { errors: 'form' },
      onSuccess: onCreated,
      onError: (error) => {
        if (reactTo(error).kind === 'conflict') setErrors({ tenantKey: 'keyTaken' })
      },
      onSettled: () => queryClient.invalidateQueries(globalTrpc.operator.tenant.pathFilter()),
    }),
  )
  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    const found = findTenantFormErrors(form)
    // At once, so that the fields are marked when the first of them is looked for.
    flushSync(() => setErrors(found))
    if (Object.keys(found).length === 0) create.mutate(form)
    else event.currentTarget.querySelector<HTMLElement>('[aria-invalid]')?.focus()
  }
  function field(name: keyof TenantForm) {
    const error = errors[name]
    return {
      label: t(name),
      value: form[name],
      error: error ? t(error) : undefined,
      onChange: (event: { target: { value: string } }) => {
        setForm((before) => ({ ...before, [name]: event.target.value }))
        setErrors({})
      },
    }
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <TextField {...field('name')} dir="auto" maxLength={TENANT_NAME_LENGTH_MAX} />
      <TextField
        {...field('tenantKey')}
        dir="ltr"
        spellCheck={false}
        autoCapitalize="none"
        hint={t('keyHint', { key: form.tenantKey || 'rabin' })}
      />
      <TextField {...field('ownerEmail')} dir="ltr" type="email" spellCheck={false} hint={t('ownerHint')} />
      <div className="mt-1 flex justify-end gap-2">
        <Button onClick={onCancel}>{common('action.cancel')}</Button>
        <Button type="submit" variant="primary" isBusy={create.isPending}>
          {common('action.create')}
        </Button>
      </div>
    </form>
  )
}
