import { useTranslations } from 'use-intl'
import { Skeleton } from '../../ui/skeleton.tsx'

const WIDTHS = ['w-3/5', 'w-2/5', 'w-1/2', 'w-1/3']

export function ThreadSkeleton() {
  const t = useTranslations('common.status')
  return (
    <div aria-busy className="flex min-h-0 flex-1 flex-col justify-end gap-4 p-6">
      <span className="sr-only">{t('loading')}</span>
      {WIDTHS.map((width, index) => (
        <Skeleton key={width} className={`h-12 ${width} ${index % 2 === 1 ? 'self-end' : ''}`} />
      ))}
    </div>
  )
}
