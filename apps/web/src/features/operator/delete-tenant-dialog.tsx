import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type SubmitEvent, useState } from 'react'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { showToast } from '../../lib/toast.ts'
import { globalTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { ListedTenant } from './tenant-table.tsx'

interface DeleteTenantDialogProps {
  tenant: ListedTenant
  isOpen: boolean
  onClose: () => void
}

/** There is no way back, so the key is typed by hand. */
export function DeleteTenantDialog({ tenant, isOpen, onClose }: DeleteTenantDialogProps) {
  const t = useTranslations('operator')
  return (
    <Dialog
      size="sm"
      isOpen={isOpen}
      onOpenChange={onClose}
      title={t('deleteTitle', { name: tenant.name })}
      description={t('deleteText')}
    >
      <DeleteTenantForm tenant={tenant} onClose={onClose} />
    </Dialog>
  )
}

function DeleteTenantForm({ tenant, onClose }: Omit<DeleteTenantDialogProps, 'isOpen'>) {
  const { tenantKey } = tenant
  const t = useTranslations('operator')
  const common = useTranslations('common')
  const [confirmedKey, setConfirmedKey] = useState('')
  const [isWrong, setWrong] = useState(false)
  const { remove, isRemoving } = useDeleteTenant(tenant, onClose)
  function submit(event: SubmitEvent<HTMLFormElement>): void {
    event.preventDefault()
    if (confirmedKey.trim() === tenantKey) return remove()
    setWrong(true)
    event.currentTarget.querySelector('input')?.focus()
  }
  return (
    <form noValidate onSubmit={submit} className="flex flex-col gap-4">
      <TextField
        label={t('typeKey', { key: tenantKey })}
        dir="ltr"
        spellCheck={false}
        autoCapitalize="none"
        autoComplete="off"
        value={confirmedKey}
        error={isWrong ? t('typedWrong') : undefined}
        onChange={(event) => {
          setConfirmedKey(event.target.value)
          setWrong(false)
        }}
      />
      <div className="flex justify-end gap-2">
        <Button onClick={onClose}>{common('action.cancel')}</Button>
        <Button type="submit" variant="danger" isBusy={isRemoving}>
          {t('delete')}
        </Button>
      </div>
    </form>
  )
}

function useDeleteTenant({ tenantKey, name }: ListedTenant, onDone: () => void) {
  const t = useTranslations('operator')
  const queryClient = useQueryClient()
  const { mutate, isPending } = useMutation(
    globalTrpc.operator.tenant.delete.mutationOptions({
      meta: { errors: 'form' },
      onSettled: () => queryClient.invalidateQueries(globalTrpc.operator.tenant.pathFilter()),
    }),
  )
  const id = `tenant-${tenantKey}`
  function remove(): void {
    mutate(
      { tenantKey, confirmedKey: tenantKey },
      {
        onSuccess: () => showToast({ id, title: t('deleted', { name }) }),
        onError: (error) => {
          const { kind } = reactTo(error)
          if (kind === 'conflict') showToast({ id, tone: 'danger', title: t('changedMeanwhile', { name }) })
        },
        onSettled: onDone,
      },
    )
  }
  return { remove, isRemoving: isPending }
}
