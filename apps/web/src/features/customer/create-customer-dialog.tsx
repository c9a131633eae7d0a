import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useId } from 'react'
import { useTranslations } from 'use-intl'
import { showToast } from '../../lib/toast.ts'
import { useTenantKey, useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { putCustomer } from './customer-cache.ts'
import { CustomerForm, useCustomerForm } from './customer-form.tsx'
import { toValues } from './merge-edits.ts'
import { TypedWarning } from './typed-warning.tsx'
import { RequiredFieldInputs, useRequiredFields } from './required-fields.tsx'
import { useCustomerCache } from './use-customer-cache.ts'
import { useRefusals } from './use-refusals.tsx'

export interface CreateCustomerDialogProps {
  isOpen: boolean
  onOpenChange: (isOpen: boolean) => void
}

export function CreateCustomerDialog({ isOpen, onOpenChange }: CreateCustomerDialogProps) {
  // Mounted with each opening, so that it begins empty.
  return isOpen ? <OpenDialog onOpenChange={onOpenChange} /> : null
}

function OpenDialog({ onOpenChange }: Pick<CreateCustomerDialogProps, 'onOpenChange'>) {
  const t = useTranslations('customer')
  const tc = useTranslations('common.action')
  const formId = useId()
  const close = () => onOpenChange(false)
  const form = useCustomerForm(toValues({}))
  const { refusals, refusedOwn, refuse, clear } = useRefusals(close)
  const { values: fields, ...required } = useRequiredFields()
  const create = useCreateCustomer(close, refuse)
  return (
    <Dialog
      isOpen
      onOpenChange={onOpenChange}
      title={t('form.create')}
      description={t('form.createText', { count: required.fields.length })}
      initialFocus={() => document.getElementById(formId)?.querySelector('input') ?? true}
      footer={
        <>
          <Button onClick={close}>{tc('cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={create.isPending}>
            {t('form.add')}
          </Button>
        </>
      }
    >
      <CustomerForm
        form={form}
        id={formId}
        refusals={refusals}
        onSubmit={(values) => {
          if (create.isPending) return
          clear()
          create.mutate({ ...values, fields })
        }}
        after={
          <>
            <RequiredFieldInputs {...required} refused={refusedOwn} />
            <TypedWarning form={form} onFollow={close} />
          </>
        }
      />
    </Dialog>
  )
}

function useCreateCustomer(onDone: () => void, onError: (error: unknown) => void) {
  const t = useTranslations('customer.toast')
  const trpc = useTrpc()
  const tenantKey = useTenantKey()
  const navigate = useNavigate()
  const cache = useCustomerCache()
  return useMutation(
    trpc.customer.create.mutationOptions({
      meta: { errors: 'inline' },
      onError,
      onSuccess: async (customer) => {
        cache.queryClient.setQueryData(trpc.customer.byId.queryKey({ id: customer.id }), customer)
        putCustomer(cache, customer)
        showToast({ title: t('created', { name: customer.name }), tone: 'success' })
        onDone()
        await navigate({
          to: '/$tenantKey/customers/$customerId',
          params: { tenantKey, customerId: customer.id },
          search: (search) => search,
        })
      },
    }),
  )
}
