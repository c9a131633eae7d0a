import { createLazyRoute } from '@tanstack/react-router'
import Plus from 'lucide-react/icons/plus'
import Search from 'lucide-react/icons/search'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { CreateTenantDialog } from '../features/operator/create-tenant-dialog.tsx'
import { TenantTable } from '../features/operator/tenant-table.tsx'
import { useSettled } from '../lib/use-settled.ts'
import { Button } from '../ui/button.tsx'
import { Page } from '../ui/page.tsx'
import { TextField } from '../ui/text-field.tsx'

export const Route = createLazyRoute('/operator/tenants')({ component: TenantsPage })

const TYPING_PAUSE_MS = 200

function TenantsPage() {
  const t = useTranslations('operator')
  const [search, setSearch] = useState('')
  const [isCreating, setCreating] = useState(false)
  const settled = useSettled(search.trim(), TYPING_PAUSE_MS)
  return (
    <Page
      title={t('tenants')}
      actions={
        <Button variant="primary" onClick={() => setCreating(true)}>
          <Plus aria-hidden className="size-4" />
          {t('create')}
        </Button>
      }
    >
      <div className="mx-auto flex max-w-5xl flex-col gap-4 p-4 md:p-6">
        <TextField
          label={t('search')}
          isLabelHidden
          type="search"
          placeholder={t('search')}
          before={<Search aria-hidden />}
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          className="max-w-80"
        />
        <TenantTable search={settled} />
      </div>
      <CreateTenantDialog isOpen={isCreating} onOpenChange={setCreating} />
    </Page>
  )
}
