import { createLazyRoute, Link } from '@tanstack/react-router'
import Plus from 'lucide-react/icons/plus'
import Search from 'lucide-react/icons/search'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import type { TenantSort } from '../features/operator/sort-tenants.ts'
import { type TenantFilter, TenantTable } from '../features/operator/tenant-table.tsx'
import { useSettled } from '../lib/use-settled.ts'
import { buttonClass } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { Select } from '../ui/select.tsx'
import { TextField } from '../ui/text-field.tsx'

export const Route = createLazyRoute('/operator/tenants')({ component: TenantsPage })

const TYPING_PAUSE_MS = 200
const FILTERS = ['all', 'active', 'suspended', 'archived', 'migrating', 'provisioning'] as const

function TenantsPage() {
  const t = useTranslations('operator')
  const [search, setSearch] = useState('')
  const [filter, setFilter] = useState<TenantFilter>('all')
  const [sort, setSort] = useState<TenantSort>('key')
  const status = useTranslations('auth.status')
  const settled = useSettled(search.trim(), TYPING_PAUSE_MS)
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
        <div className="flex flex-wrap items-start gap-2">
          <TextField
            label={t('search')}
            isLabelHidden
            type="search"
            placeholder={t('search')}
            before={<Search aria-hidden />}
            value={search}
            onChange={(event) => setSearch(event.target.value)}
            className="w-80 max-w-full"
          />
          <Select
            label={t('status')}
            value={filter}
            onChange={setFilter}
            options={FILTERS.map((value) => ({
              value,
              label: value === 'all' ? t('allStates') : status(value),
            }))}
          />
        </div>
        <TenantTable search={settled} filter={filter} sort={sort} onSort={setSort} />
      </div>
    </Page>
  )
}
