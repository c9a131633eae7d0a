import { createLazyRoute, Link } from '@tanstack/react-router'
import Plus from 'lucide-react/icons/plus'
import { useTranslations } from 'use-intl'
import { type TenantFilter, TenantTable } from '../features/operator/tenant-table.tsx'
import { useSearchText } from '../lib/use-search-text.ts'
import { buttonClass } from '../ui/button.tsx'
import { CheckboxField } from '../ui/checkbox-field.tsx'
import { Page } from '../ui/page.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Select } from '../ui/select.tsx'
import { readTenantsUrl, type TenantsUrl } from './read-tenants-url.ts'

export const Route = createLazyRoute('/operator/tenants')({ component: TenantsPage })

const FILTERS = ['all', 'active', 'suspended', 'archived', 'migrating', 'provisioning'] as const

function TenantsPage() {
  const t = useTranslations('operator')
  const url: TenantsUrl = Route.useSearch()
  const navigate = Route.useNavigate()
  const narrow = (change: Record<string, unknown>) =>
    void navigate({ to: '.', search: readTenantsUrl({ ...url, ...change }), replace: true })
  const { search = '', state, behind, by } = url
  return (
    <Page
      title={t('tenants')}
      actions={
        <Link to="/operator/tenants/new" className={buttonClass('primary')}>
          <Plus aria-hidden className="size-4" />
          {t('create')}
        </Link>
      }
    >
      <div className="mx-auto flex max-w-6xl flex-col gap-4 p-4 md:p-6">
        <Filters url={url} onNarrow={narrow} />
        <TenantTable
          search={search}
          filter={state ?? 'all'}
          isBehind={behind ?? false}
          sort={by ?? 'key'}
          onSort={(next) => narrow({ by: next })}
        />
      </div>
    </Page>
  )
}

interface FiltersProps {
  url: TenantsUrl
  onNarrow: (change: Record<string, unknown>) => void
}

function Filters({ url: { search = '', state, behind }, onNarrow }: FiltersProps) {
  const t = useTranslations('operator')
  const states = useTranslations('auth.status')
  const fleet = useTranslations('fleet.tenant')
  const [text, setText] = useSearchText(search, (next) => onNarrow({ search: next }))
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchField label={t('search')} value={text} onChange={setText} className="w-80 max-w-full" />
      <Select<TenantFilter>
        label={t('status')}
        value={state ?? 'all'}
        onChange={(next) => onNarrow({ state: next })}
        className="max-w-48"
        options={FILTERS.map((value) => ({
          value,
          label: value === 'all' ? t('allStates') : states(value),
        }))}
      />
      <CheckboxField
        label={fleet('behindAlone')}
        checked={behind ?? false}
        onChange={({ target }) => onNarrow({ behind: target.checked })}
      />
    </div>
  )
}
