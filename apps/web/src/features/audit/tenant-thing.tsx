import type { AuditLine } from '@sarai/api'
import { Link } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { useTenantKey } from '../../lib/trpc.ts'
import { kindOf } from './audit-filter.ts'
import { ThingName } from './thing-name.tsx'

/** Where things of a kind are looked after. */
const PAGES: Record<
  string,
  `/$tenantKey/settings/${'members' | 'roles' | 'keys' | 'tags' | 'fields' | 'profile'}`
> = {
  member: '/$tenantKey/settings/members',
  invitation: '/$tenantKey/settings/members',
  role: '/$tenantKey/settings/roles',
  'api-key': '/$tenantKey/settings/keys',
  tag: '/$tenantKey/settings/tags',
  field: '/$tenantKey/settings/fields',
  profile: '/$tenantKey/settings/profile',
}
const LINK = 'rounded-sm wrap-anywhere text-accent-text hover:underline'

/** What it was done to, and the way there. */
export function TenantThing({ line }: { line: AuditLine }) {
  const t = useTranslations('audit')
  const tenantKey = useTenantKey()
  const { action, entity } = line
  if (!entity) return null
  if (kindOf(action) === 'customer') {
    return (
      <Link
        to="/$tenantKey/customers/$customerId"
        params={{ tenantKey, customerId: entity.id }}
        className={LINK}
      >
        <bdi>{entity.name ?? t('openCustomer')}</bdi>
      </Link>
    )
  }
  const page = PAGES[kindOf(action)]
  if (page === undefined || entity.name === null) return <ThingName line={line} />
  return (
    <Link to={page} params={{ tenantKey }} className={LINK}>
      <ThingName line={line} />
    </Link>
  )
}
