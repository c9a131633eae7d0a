import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { reactTo } from '../../lib/errors.ts'
import { showToast } from '../../lib/toast.ts'
import { useTenantKey, useTrpc } from '../../lib/trpc.ts'
import { EDITED_FIELDS, type EditedField } from './merge-edits.ts'
import { kindOfRefusal, useFieldText } from './use-field-text.ts'

export type Refusals = Partial<Record<EditedField, ReactNode>>

/** Puts what the server refused beside the field it is about; what is about none of them is a toast. */
export function useRefusals(onFollowLink: () => void) {
  const t = useTranslations('common.error')
  const textOf = useFieldText()
  const [refusals, setRefusals] = useState<Refusals>({})
  const [refusedOwn, setRefusedOwn] = useState<readonly string[]>([])

  /** `sent`: the texts, where nobody has looked at them before. */
  function refuse(error: unknown, sent: Partial<Record<EditedField, string>> = {}): void {
    const reaction = reactTo(error)
    if (reaction.kind === 'fields') {
      const wrong = EDITED_FIELDS.filter((field) => reaction.fields.fieldErrors[field])
      const said = (field: EditedField) => {
        const text = sent[field]
        return textOf(field, { type: text === undefined ? 'custom' : kindOfRefusal(field, text) })
      }
      setRefusals(Object.fromEntries(wrong.map((field) => [field, said(field)])))
      setRefusedOwn(listOwn(reaction.fields.fieldErrors))
      return
    }
    const owner = reaction.kind === 'conflict' ? readOwner(reaction.details) : null
    if (owner) return setRefusals({ [owner.field]: <Taken {...owner} onFollow={onFollowLink} /> })
    if (reaction.kind === 'conflict') showToast({ title: t('conflict'), tone: 'danger' })
    if (reaction.kind === 'not-found') showToast({ title: t('notFound'), tone: 'danger' })
    if (reaction.kind === 'toast' || reaction.kind === 'retry')
      showToast({ title: t(reaction.text), tone: 'danger' })
  }
  function clear(): void {
    setRefusals({})
    setRefusedOwn([])
  }
  return { refusals, refusedOwn, refuse, clear }
}

const OWN = 'fields.'

/** The ids of the tenant's own fields that are among them. */
function listOwn(fieldErrors: object): string[] {
  const names = Object.keys(fieldErrors).filter((name) => name.startsWith(OWN))
  return names.map((name) => name.slice(OWN.length))
}

interface Owner {
  id: string
  field: 'email' | 'phone'
}

function readOwner({ id, field }: Record<string, unknown>): Owner | null {
  if (typeof id !== 'string' || (field !== 'email' && field !== 'phone')) return null
  return { id, field }
}

/** Who has the e-mail address or phone number already, to be looked at instead of entered twice. */
function Taken({ id, field, onFollow }: Owner & { onFollow: () => void }) {
  const t = useTranslations('customer.form')
  const tenantKey = useTenantKey()
  const trpc = useTrpc()
  const { data } = useQuery(trpc.customer.byId.queryOptions({ id }))
  return (
    <>
      {t(field === 'email' ? 'takenEmail' : 'takenPhone')}{' '}
      <Link
        to="/$tenantKey/customers/$customerId"
        params={{ tenantKey, customerId: id }}
        onClick={onFollow}
        className="font-medium underline underline-offset-2"
      >
        <bdi>{data?.name ?? t('takenUnknown')}</bdi>
      </Link>
    </>
  )
}
