import FileArchive from 'lucide-react/icons/file-archive'
import { useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'

interface ArchiveChoiceProps {
  file: File | null
  onFile: (file: File) => void
}

/** Which file it is. */
export function ArchiveChoice({ file, onFile }: ArchiveChoiceProps) {
  const t = useTranslations('fleet.transfer')
  const format = useFormat()
  const input = useRef<HTMLInputElement>(null)
  return (
    <div className="flex items-center gap-3 rounded-lg border border-dashed border-line-strong px-3 py-2.5 text-sm">
      <FileArchive aria-hidden className="size-5 shrink-0 text-text-muted" />
      <span className="min-w-0 flex-1">
        {file ? (
          <>
            <bdi className="block truncate font-medium match-parent">{file.name}</bdi>
            <span className="text-text-muted tabular">{format.bytes(file.size)}</span>
          </>
        ) : (
          <span className="text-text-muted">{t('noFile')}</span>
        )}
      </span>
      <input
        ref={input}
        type="file"
        aria-label={t('chooseFile')}
        accept=".zip,application/zip"
        hidden
        onChange={({ target }) => {
          const [chosen] = target.files ?? []
          if (chosen) onFile(chosen)
          target.value = ''
        }}
      />
      <Button onClick={() => input.current?.click()}>{t('chooseFile')}</Button>
    </div>
  )
}
