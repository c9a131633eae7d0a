import { useNavigate } from '@tanstack/react-router'
import Upload from 'lucide-react/icons/upload'
import { type DragEvent, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { useTenantKey } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { EarlierImports } from './earlier-imports.tsx'
import { keepFile, uploadFile, type UploadRefusal } from './upload-file.ts'

/** Where a file comes in: chosen or dropped. */
export function ImportUpload() {
  const t = useTranslations('import')
  const format = useFormat()
  const { send, refusal, isSending } = useUpload()
  const [isOver, setOver] = useState(false)
  const input = useRef<HTMLInputElement>(null)
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    const [file] = event.dataTransfer.files
    if (file) send(file)
  }
  return (
    <div className="mx-auto flex max-w-3xl flex-col gap-6 p-4 md:p-6">
      <div
        onDragOver={(event) => {
          event.preventDefault()
          setOver(true)
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={cx(
          'flex flex-col items-center gap-3 rounded-lg border border-dashed border-line-strong bg-surface px-6 py-12 text-center',
          isOver && 'border-accent bg-accent-soft',
        )}
      >
        <Upload aria-hidden className="size-6 text-text-muted" />
        <p className="font-semibold">{t('upload.title')}</p>
        <p className="max-w-md text-sm text-text-muted">{t('upload.text')}</p>
        <input
          ref={input}
          type="file"
          accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values"
          hidden
          onChange={({ target }) => {
            const [file] = target.files ?? []
            if (file) send(file)
            target.value = ''
          }}
        />
        <Button variant="primary" isBusy={isSending} onClick={() => input.current?.click()}>
          {t('upload.choose')}
        </Button>
        <p role="alert" className="text-sm text-danger-text empty:hidden">
          {refusal ? t(`refusal.${refusal.text}`, { row: format.number(refusal.row) }) : null}
        </p>
      </div>
      <EarlierImports />
    </div>
  )
}

function useUpload() {
  const tenantKey = useTenantKey()
  const navigate = useNavigate()
  const [refusal, setRefusal] = useState<UploadRefusal | null>(null)
  const [isSending, setSending] = useState(false)
  const send = async (file: File) => {
    setSending(true)
    setRefusal(null)
    const outcome = await uploadFile(tenantKey, file, {})
    setSending(false)
    if ('refusal' in outcome) return setRefusal(outcome.refusal)
    const { id } = outcome.received
    keepFile(id, file)
    await navigate({ to: '/$tenantKey/customers/import/$importId', params: { tenantKey, importId: id } })
  }
  return { send: (file: File) => void send(file), refusal, isSending }
}
