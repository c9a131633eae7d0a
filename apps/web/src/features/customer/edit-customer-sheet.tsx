import type { Customer } from '@sarai/api'
import type { CreateCustomerInput } from '@sarai/api/customer/schema'
import { useMutation } from '@tanstack/react-query'
import { useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Sheet } from '../../ui/sheet.tsx'
import { putCustomer } from './customer-cache.ts'
import { CustomerForm, type CustomerFormState, useCustomerForm } from './customer-form.tsx'
import { TypedWarning } from './typed-warning.tsx'
import { EditConflict } from './edit-conflict.tsx'
import { type CustomerValues, type FieldConflict, mergeEdits, toValues } from './merge-edits.ts'
import { useCustomerCache } from './use-customer-cache.ts'
import { useRefusals } from './use-refusals.tsx'
import { useSavedToast } from './use-saved-toast.ts'

export interface EditCustomerSheetProps {
  customer: Customer
  onClose: () => void
}

/** Edits the version that was on screen. If somebody else was faster, both values are shown to choose from. */
export function EditCustomerSheet({ customer, onClose }: EditCustomerSheetProps) {
  const t = useTranslations('customer.form')
  const tc = useTranslations('common.action')
  const formId = useId()
  const form = useCustomerForm(toValues(customer))
  const { refusals, refuse, clear } = useRefusals(onClose)
  const edit = useEdit({ customer, form, refuse, onClose })
  return (
    <Sheet
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
      title={t('edit')}
      initialFocus={() => document.getElementById(formId)?.querySelector('input') ?? true}
      footer={
        <>
          <Button onClick={onClose}>{tc('cancel')}</Button>
          <Button type="submit" form={formId} variant="primary" isBusy={edit.isPending}>
            {t('save')}
          </Button>
        </>
      }
    >
      <CustomerForm
        form={form}
        id={formId}
        refusals={refusals}
        onSubmit={(values) => {
          clear()
          edit.save(values)
        }}
        after={<TypedWarning form={form} exceptId={customer.id} onFollow={onClose} />}
      >
        {edit.conflicts ? (
          <EditConflict
            conflicts={edit.conflicts}
            onChoose={(field, value) => form.setValue(field, value, { shouldDirty: true })}
          />
        ) : null}
      </CustomerForm>
    </Sheet>
  )
}

interface EditInput extends EditCustomerSheetProps {
  form: CustomerFormState
  refuse: (error: unknown) => void
}

function useEdit({ customer, form, refuse, onClose }: EditInput) {
  const trpc = useTrpc()
  const cache = useCustomerCache()
  const saved = useSavedToast()
  /** The version this edit stands on; after a conflict, the one that was shown. */
  const [base, setBase] = useState(customer)
  const [conflicts, setConflicts] = useState<FieldConflict[] | null>(null)
  const update = useMutation(
    trpc.customer.update.mutationOptions({
      meta: { errors: 'inline' },
      onSuccess: (current) => {
        putCustomer(cache, current)
        saved(base, current)
        onClose()
      },
      onError: (error) => {
        const current = readCurrent(error)
        if (!current) return refuse(error)
        putCustomer(cache, current)
        const merged = mergeEdits(toValues(base), form.getValues() as CustomerValues, toValues(current))
        form.reset(merged.values, { keepDefaultValues: true })
        setConflicts(merged.conflicts)
        setBase(current)
      },
    }),
  )
  return {
    conflicts,
    isPending: update.isPending,
    save(values: CreateCustomerInput): void {
      if (!update.isPending) update.mutate({ ...values, id: customer.id, version: base.version })
    },
  }
}

function readCurrent(error: unknown): Customer | null {
  const reaction = reactTo(error)
  const current = reaction.kind === 'conflict' ? reaction.details['current'] : undefined
  return current === undefined ? null : (current as Customer)
}
