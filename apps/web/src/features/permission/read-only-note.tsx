import { useTranslations } from 'use-intl'

export function ReadOnlyNote() {
  const t = useTranslations('permission')
  return <p className="rounded-md bg-sunken px-3 py-2 text-sm text-text-muted">{t('readOnly')}</p>
}
