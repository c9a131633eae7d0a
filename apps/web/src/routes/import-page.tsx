import { useQuery } from '@tanstack/react-query'
import { createLazyRoute, useParams } from '@tanstack/react-router'
import { useTranslations } from 'use-intl'
import { ImportPage } from '../features/import/import-page.tsx'
import { ImportUpload } from '../features/import/import-upload.tsx'
import { useCan } from '../lib/permissions.ts'
import { useTrpc } from '../lib/trpc.ts'
import { Page } from '../ui/page.tsx'
import { PageForbidden } from './outcome.tsx'

export const Route = createLazyRoute('/$tenantKey/customers/import')({ component: ImportRoute })
export const OneRoute = createLazyRoute('/$tenantKey/customers/import/$importId')({ component: ImportRoute })

function ImportRoute() {
  const t = useTranslations('import')
  const trpc = useTrpc()
  const { importId } = useParams({ strict: false })
  const { data: tenant } = useQuery(trpc.tenant.info.queryOptions())
  if (!useCan()('customer:import')) return <PageForbidden />
  return (
    // By its key another file is another page: its heading gets the focus.
    <Page key={importId} title={t('title')} place={tenant?.name}>
      {importId === undefined ? <ImportUpload /> : <ImportPage importId={importId} />}
    </Page>
  )
}
