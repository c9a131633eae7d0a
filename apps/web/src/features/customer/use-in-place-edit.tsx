import type { Customer, FieldValue } from '@sarai/api'
import { useMutation } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { putCustomer } from './customer-cache.ts'
import { type InPlaceTarget, isChosen, readTarget, toPatch, toText, withTarget } from './in-place-target.ts'
import { useCustomerCache } from './use-customer-cache.ts'
import { useRefusals } from './use-refusals.tsx'

/** Somebody else has saved another value of the same field meanwhile. */
export interface InPlaceConflict {
  mine: FieldValue | null
  theirs: FieldValue | null
}

export interface InPlaceEdit {
  /** The customer as it was when the edit began; null while nothing is edited. */
  base: Customer | null
  error: ReactNode
  conflict: InPlaceConflict | null
  isSaving: boolean
  begin: () => void
  end: () => void
  save: (value: FieldValue | null) => void
}

/**
 * One field at a time; what is chosen from a list is shown at once. Saved against the version that was on screen when the edit began. If others have changed other
 * fields, that is no conflict and it is saved on top; if they changed this one, both values are shown to choose from.
 */
export function useInPlaceEdit(customer: Customer, target: InPlaceTarget): InPlaceEdit {
  const t = useTranslations('customer.inPlace')
  const trpc = useTrpc()
  const cache = useCustomerCache()
  const [base, setBase] = useState<Customer | null>(null)
  const [conflict, setConflict] = useState<InPlaceConflict | null>(null)
  const [ownError, setOwnError] = useState<string | null>(null)
  const { refusals, refuse, clear } = useRefusals(end)
  const update = useMutation(trpc.customer.update.mutationOptions({ meta: { errors: 'inline' } }))

  function end(): void {
    setBase(null)
    forget()
  }
  function forget(): void {
    setConflict(null)
    setOwnError(null)
    clear()
  }
  async function send(value: FieldValue | null, on: Customer): Promise<void> {
    if (isChosen(target)) {
      putCustomer(cache, withTarget(on, target, value))
      end()
    }
    try {
      const patch = toPatch(target, value)
      putCustomer(cache, await update.mutateAsync({ ...patch, id: on.id, version: on.version }))
      end()
    } catch (error) {
      const current = readCurrent(error)
      if (!current) {
        putCustomer(cache, on)
        setBase(on)
        return show(error, value)
      }
      putCustomer(cache, current)
      setBase(current)
      const theirs = readTarget(current, target)
      if (theirs === readTarget(on, target) || theirs === value) return send(value, current)
      setConflict({ mine: value, theirs })
    }
  }
  function show(error: unknown, value: FieldValue | null): void {
    const reaction = reactTo(error)
    const isOwn = 'own' in target && reaction.kind === 'fields'
    if ('owners' in target && reaction.kind === 'not-found') return setOwnError(t('wrong.owner'))
    if (isOwn) setOwnError(t(`wrong.${target.own.kind}`))
    else refuse(error, 'detail' in target ? { [target.detail]: toText(value) } : {})
  }
  return {
    base,
    error: 'detail' in target ? refusals[target.detail] : ownError,
    conflict,
    isSaving: update.isPending,
    begin: () => {
      if (!update.isPending) setBase(customer)
    },
    end,
    save(value) {
      if (base === null || update.isPending) return
      forget()
      if (value === readTarget(base, target) && conflict === null) return end()
      void send(value, base)
    },
  }
}

function readCurrent(error: unknown): Customer | null {
  const reaction = reactTo(error)
  const current = reaction.kind === 'conflict' ? reaction.details['current'] : undefined
  return current === undefined ? null : (current as Customer)
}
