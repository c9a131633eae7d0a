import Download from 'lucide-react/icons/download'
import { useTranslations } from 'use-intl'
import { useTenantKey } from '../../lib/trpc.ts'
import { buttonClass } from '../../ui/button.tsx'
import type { CustomersSearch } from './customer-queries.ts'
import { toContent } from './view-search.ts'

/** A file of the list as it is, written while it is downloaded. */
export function ExportLink({ search }: { search: CustomersSearch }) {
  const t = useTranslations('customer.list')
  const tenantKey = useTenantKey()
  const input = encodeURIComponent(JSON.stringify(toContent(search)))
  return (
    <a href={`/t/${tenantKey}/customers.csv?input=${input}`} download className={buttonClass('ghost')}>
      <Download aria-hidden className="size-4" />
      <span className="max-sm:sr-only">{t('export')}</span>
    </a>
  )
}
