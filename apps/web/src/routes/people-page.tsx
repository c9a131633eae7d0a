import { createLazyRoute } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { UserTable } from '../features/operator/user-table.tsx'
import { useSearchText } from '../lib/use-search-text.ts'
import { Page } from '../ui/page.tsx'
import { SearchField } from '../ui/search-field.tsx'
import { Select } from '../ui/select.tsx'

export const Route = createLazyRoute('/operator/people')({ component: PeoplePage })

type Shown = 'everybody' | 'operatorsAlone'

function PeoplePage() {
  const t = useTranslations('operator.user')
  const { search = '' } = Route.useSearch()
  const navigate = Route.useNavigate()
  const [shown, setShown] = useState<Shown>('everybody')
  const [text, setText] = useSearchText(
    search,
    (next) => void navigate({ to: '.', search: next ? { search: next } : {}, replace: true }),
  )
  return (
    <Page title={t('people')}>
      <div className="mx-auto flex max-w-5xl flex-col gap-4 p-4 md:p-6">
        <div className="flex flex-wrap items-start gap-2">
          <SearchField
            label={t('searchPeople')}
            value={text}
            onChange={setText}
            className="w-80 max-w-full"
          />
          <Select<Shown>
            label={t('peopleShown')}
            value={shown}
            onChange={setShown}
            className="max-w-40"
            options={(['everybody', 'operatorsAlone'] as const).map((value) => ({ value, label: t(value) }))}
          />
        </div>
        <UserTable search={search} operatorsAlone={shown === 'operatorsAlone'} />
      </div>
    </Page>
  )
}
