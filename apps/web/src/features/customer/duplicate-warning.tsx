import type { Match } from '@sarai/api'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { formatPhone } from '../../lib/format-phone.ts'
import { useCan } from '../../lib/permissions.ts'
import { APART, useTenantKey, useTrpc } from '../../lib/trpc.ts'
import { useSettled } from '../../lib/use-settled.ts'
import { buttonClass } from '../../ui/button.tsx'

/** A pause in typing that is worth a question to the server. */
const PAUSE_MS = 300

interface TypedCustomer {
  name?: string | undefined
  email?: string | null | undefined
  phone?: string | null | undefined
}

export interface DuplicateWarningProps {
  typed: TypedCustomer
  /** The customer whose card it is. */
  exceptId?: string
  onFollow?: () => void
}

/** Says who else this may be, beside what is typed; it stops nobody. */
export function DuplicateWarning({ typed, exceptId, onFollow }: DuplicateWarningProps) {
  const t = useTranslations('customer.duplicate')
  const trpc = useTrpc()
  const settled = useSettled(toQuestion(typed), PAUSE_MS)
  const question = JSON.parse(settled) as Record<string, string>
  const { data } = useQuery({
    ...trpc.duplicate.match.queryOptions({ ...question, ...(exceptId !== undefined && { exceptId }) }, APART),
    enabled: Object.keys(question).length > 0,
    placeholderData: keepPreviousData,
  })
  const items = Object.keys(question).length > 0 ? (data?.items ?? []) : []
  return (
    <div role="status" aria-live="polite">
      {items.length === 0 ? null : (
        <div className="flex flex-col gap-1.5 rounded-md bg-warning-soft px-3 py-2 text-sm">
          <p className="font-medium text-warning-text">{t('maybe', { count: items.length })}</p>
          <ul className="flex flex-col gap-1">
            {items.map((match) => (
              <MatchLine key={match.customer.id} match={match} onFollow={onFollow} />
            ))}
          </ul>
          {exceptId === undefined ? null : (
            <CompareLink ids={[exceptId, ...items.map(({ customer }) => customer.id)]} />
          )}
        </div>
      )}
    </div>
  )
}

function CompareLink({ ids }: { ids: string[] }) {
  const t = useTranslations('customer.duplicate')
  const tenantKey = useTenantKey()
  if (!useCan()('customer:merge')) return null
  return (
    <div>
      <Link
        to="/$tenantKey/customers/merge"
        params={{ tenantKey }}
        search={{ ids }}
        className={buttonClass('secondary', 'sm')}
      >
        {t('compare')}
      </Link>
    </div>
  )
}

/** As a text, because a text is what can be waited for. */
function toQuestion(typed: TypedCustomer): string {
  const given = Object.entries(typed).filter(([, value]) => value?.trim())
  return JSON.stringify(Object.fromEntries(given))
}

interface MatchLineProps {
  match: Match
  onFollow: (() => void) | undefined
}

function MatchLine({ match: { customer, reasons }, onFollow }: MatchLineProps) {
  const t = useTranslations('customer.duplicate')
  const tenantKey = useTenantKey()
  const said = reasons.map((reason) => t(`reasons.${reason}`))
  if (customer.archivedAt !== null) said.push(t('archived'))
  return (
    <li className="flex flex-wrap items-center gap-x-2 gap-y-1">
      <Link
        to="/$tenantKey/customers/$customerId"
        params={{ tenantKey, customerId: customer.id }}
        {...(onFollow && { onClick: onFollow })}
        className="font-medium underline underline-offset-2"
      >
        <bdi>{customer.name}</bdi>
      </Link>
      <span className="text-text-muted">
        {said.join(' · ')}
        {customer.phone === null ? null : (
          <>
            {' · '}
            <bdi dir="ltr">{formatPhone(customer.phone)}</bdi>
          </>
        )}
      </span>
    </li>
  )
}
