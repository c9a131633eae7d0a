import { useTranslations } from 'use-intl'
import { useFileDrop } from './use-file-drop.ts'

/** Over the composer, while files are held over the page: where they will go. */
export function FileDrop({ onFiles }: { onFiles: (files: File[]) => void }) {
  const t = useTranslations('chat.attachment')
  if (!useFileDrop(onFiles)) return null
  return (
    <div className="pointer-events-none absolute inset-0 flex items-center justify-center rounded-lg border-2 border-dashed border-accent-line bg-accent-soft text-sm font-medium text-accent-text">
      {t('drop')}
    </div>
  )
}
