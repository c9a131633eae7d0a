import type { Customer } from '@sarai/api'
import type { ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { formatPhone } from '../../lib/format-phone.ts'
import { useFormat } from '../../lib/format.ts'
import { Badge } from '../../ui/badge.tsx'
import { CardSection } from './card-section.tsx'

/** How to reach the customer, and what is known. */
export function CustomerDetails({ customer, isPane }: { customer: Customer; isPane: boolean }) {
  const t = useTranslations('customer')
  const format = useFormat()
  return (
    <>
      <CardSection id="customer-contact" title={t('card.contact')} isPane={isPane}>
        <dl className="flex flex-col">
          <Row label={t('column.phone')}>
            {customer.phone === null ? null : (
              <a
                href={`tel:${customer.phone}`}
                dir="ltr"
                className="text-accent-text tabular hover:underline"
              >
                {formatPhone(customer.phone)}
              </a>
            )}
          </Row>
          <Row label={t('column.email')}>
            {customer.email === null ? null : (
              <a
                href={`mailto:${customer.email}`}
                dir="ltr"
                className="[overflow-wrap:anywhere] text-accent-text hover:underline"
              >
                <Email address={customer.email} />
              </a>
            )}
          </Row>
          <Row label={t('column.city')}>{customer.city === null ? null : <bdi>{customer.city}</bdi>}</Row>
          <Row label={t('card.added')}>{format.dateTime(customer.createdAt)}</Row>
          <Row label={t('card.changed')}>{format.ago(customer.updatedAt)}</Row>
        </dl>
      </CardSection>
      <CardSection id="customer-tags" title={t('card.tags')} isPane={isPane}>
        {customer.tags.length === 0 ? (
          <p className="text-sm text-text-faint">{t('card.noTags')}</p>
        ) : (
          <ul className="flex flex-wrap gap-1.5">
            {customer.tags.map((tag) => (
              <li key={tag.id}>
                <Badge>
                  <bdi>{tag.name}</bdi>
                </Badge>
              </li>
            ))}
          </ul>
        )}
      </CardSection>
      {customer.about === null ? null : (
        <CardSection id="customer-about" title={t('card.about')} isPane={isPane}>
          <p dir="auto" className="text-start text-sm whitespace-pre-wrap break-words text-text-muted">
            {customer.about}
          </p>
        </CardSection>
      )}
    </>
  )
}

function Row({ label, children }: { label: string; children: ReactNode }) {
  const t = useTranslations('customer.card')
  return (
    <div className="flex min-h-8 items-baseline gap-4 border-b border-line py-1.5 text-sm last:border-b-0">
      <dt className="w-24 shrink-0 text-text-muted">{label}</dt>
      <dd className="min-w-0 flex-1">{children ?? <span className="text-text-faint">{t('empty')}</span>}</dd>
    </div>
  )
}

/** Too long for its line, it is broken at the sign that everybody looks for. */
function Email({ address }: { address: string }) {
  const at = address.lastIndexOf('@') + 1
  return (
    <>
      {address.slice(0, at)}
      <wbr />
      {address.slice(at)}
    </>
  )
}
