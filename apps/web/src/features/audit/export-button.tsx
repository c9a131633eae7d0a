import Download from 'lucide-react/icons/download'
import { useTranslations } from 'use-intl'
import { buttonClass } from '../../ui/button.tsx'

/** A file of what the filters show, written while it is downloaded. */
export function ExportButton({ path, filter }: { path: string; filter: object }) {
  const t = useTranslations('audit')
  return (
    <a
      href={`${path}?input=${encodeURIComponent(JSON.stringify(filter))}`}
      download
      className={buttonClass()}
    >
      <Download aria-hidden className="size-4" />
      {t('export')}
    </a>
  )
}
