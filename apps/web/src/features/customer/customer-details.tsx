import type { Customer, CustomerField, FieldValue } from '@sarai/api'
import { useQuery } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { formatPhone } from '../../lib/format-phone.ts'
import { useFormat } from '../../lib/format.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { CardSection } from './card-section.tsx'
import { CardTags } from './card-tags.tsx'
import { InPlaceField } from './in-place-field.tsx'
import { OwnerLine } from './owner-line.tsx'

interface DetailsProps {
  customer: Customer
  isPane: boolean
}

/** How to reach the customer and what is known, each edited where it stands. */
export function CustomerDetails({ customer, isPane }: DetailsProps) {
  const t = useTranslations('customer')
  const format = useFormat()
  return (
    <>
      <CardSection id="customer-tags" title={t('card.tags')} isPane={isPane}>
        <CardTags customer={customer} />
      </CardSection>
      <CardSection id="customer-contact" title={t('card.contact')} isPane={isPane}>
        <dl className="flex flex-col">
          {isPane ? null : (
            <InPlaceField customer={customer} target={{ detail: 'name' }} label={t('column.name')}>
              <bdi>{customer.name}</bdi>
            </InPlaceField>
          )}
          <InPlaceField customer={customer} target={{ detail: 'phone' }} label={t('column.phone')}>
            {customer.phone === null ? null : <Phone number={customer.phone} />}
          </InPlaceField>
          <InPlaceField customer={customer} target={{ detail: 'email' }} label={t('column.email')}>
            {customer.email === null ? null : <Email address={customer.email} />}
          </InPlaceField>
          <InPlaceField customer={customer} target={{ detail: 'company' }} label={t('column.company')}>
            {customer.company === null ? null : <bdi>{customer.company}</bdi>}
          </InPlaceField>
          <InPlaceField customer={customer} target={{ detail: 'city' }} label={t('column.city')}>
            {customer.city === null ? null : <bdi>{customer.city}</bdi>}
          </InPlaceField>
          <OwnerLine customer={customer} />
          <OwnFields customer={customer} />
          <InPlaceField customer={customer} target={{ detail: 'about' }} label={t('card.about')}>
            {customer.about === null ? null : (
              <p dir="auto" className="text-start break-words whitespace-pre-wrap">
                {customer.about}
              </p>
            )}
          </InPlaceField>
          <Line label={t('card.added')}>{format.dateTime(customer.createdAt)}</Line>
          <Line label={t('card.changed')}>{format.ago(customer.updatedAt)}</Line>
        </dl>
      </CardSection>
    </>
  )
}

/** Fields of the tenant's own, in the order that the settings give them. */
function OwnFields({ customer }: Pick<DetailsProps, 'customer'>) {
  const trpc = useTrpc()
  const { data } = useQuery(trpc.customer.field.list.queryOptions())
  const fields = data?.items.filter(({ archivedAt }) => archivedAt === null) ?? []
  return fields.map((field) => {
    const value = customer.fields[field.id]
    return (
      <InPlaceField key={field.id} customer={customer} target={{ own: field }} label={field.name}>
        {value === undefined ? null : <OwnValue field={field} value={value} />}
      </InPlaceField>
    )
  })
}

export function OwnValue({ field, value }: { field: Pick<CustomerField, 'kind'>; value: FieldValue }) {
  const t = useTranslations('customer.inPlace')
  const format = useFormat()
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  if (typeof value === 'number') return <span className="tabular">{format.number(value)}</span>
  if (field.kind === 'date') return format.date(value, { year: 'numeric', month: 'short', day: 'numeric' })
  return <bdi>{value}</bdi>
}

function Line({ label, children }: { label: string; children: ReactNode }) {
  return (
    <div className="flex min-h-8 items-baseline gap-4 border-b border-line py-1.5 text-sm last:border-b-0">
      <dt className="w-24 shrink-0 text-text-muted">{label}</dt>
      <dd className="min-w-0 flex-1">{children}</dd>
    </div>
  )
}

function Phone({ number }: { number: string }) {
  return (
    <a
      href={`tel:${number}`}
      dir="ltr"
      className="whitespace-nowrap text-accent-text tabular hover:underline"
    >
      {formatPhone(number)}
    </a>
  )
}

/** Too long for its line, it is broken at the sign that everybody looks for. */
function Email({ address }: { address: string }) {
  const at = address.lastIndexOf('@') + 1
  return (
    <a
      href={`mailto:${address}`}
      dir="ltr"
      className="[overflow-wrap:anywhere] text-accent-text hover:underline"
    >
      {address.slice(0, at)}
      <wbr />
      {address.slice(at)}
    </a>
  )
}
