import type { ReceivedImport } from '@sarai/api'
import { IMPORT_DELIMITERS, IMPORT_ENCODINGS } from '@sarai/api/import/schema'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { useTenantKey } from '../../lib/trpc.ts'
import { Select } from '../../ui/select.tsx'
import { type FileFormat, findKeptFile, keepFile, uploadFile, type UploadRefusal } from './upload-file.ts'

/** What the file is, with what was found in it; as long as the page has it, it can be read again in another way. */
export function FileFacts({ file }: { file: ReceivedImport }) {
  const t = useTranslations('import')
  const format = useFormat()
  const { readAgain, refusal, isSending } = useReadAgain(file)
  const { encoding, delimiter } = file
  return (
    <section aria-label={t('file.title')} className="flex flex-wrap items-center gap-x-4 gap-y-2 text-sm">
      <h2 className="font-semibold">
        <bdi>{file.fileName}</bdi>
      </h2>
      <span className="text-text-muted tabular">{t('rows', { count: file.rowsCount })}</span>
      {readAgain ? (
        <>
          <Select
            label={t('file.encoding')}
            className="max-w-44"
            value={encoding}
            isDisabled={isSending}
            onChange={(next) => readAgain({ encoding: next, delimiter })}
            options={IMPORT_ENCODINGS.map((value) => ({ value, label: t(`encoding.${value}`) }))}
          />
          <Select
            label={t('file.delimiter')}
            className="max-w-44"
            value={delimiter}
            isDisabled={isSending}
            onChange={(next) => readAgain({ encoding, delimiter: next })}
            options={IMPORT_DELIMITERS.map((value) => ({ value, label: t(`delimiter.${NAMES[value]}`) }))}
          />
        </>
      ) : (
        <span className="text-text-muted">
          {t(`encoding.${encoding}`)} · {t(`delimiter.${NAMES[delimiter]}`)}
        </span>
      )}
      <p role="alert" className="text-danger-text empty:hidden">
        {refusal ? t(`refusal.${refusal.text}`, { row: format.number(refusal.row) }) : null}
      </p>
    </section>
  )
}

const NAMES = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const

function useReadAgain({ id }: ReceivedImport) {
  const tenantKey = useTenantKey()
  const navigate = useNavigate()
  const [refusal, setRefusal] = useState<UploadRefusal | null>(null)
  const [isSending, setSending] = useState(false)
  const kept = findKeptFile(id)
  const send = async (file: File, format: FileFormat) => {
    setSending(true)
    setRefusal(null)
    const outcome = await uploadFile(tenantKey, file, format)
    setSending(false)
    if ('refusal' in outcome) return setRefusal(outcome.refusal)
    keepFile(outcome.received.id, file)
    const params = { tenantKey, importId: outcome.received.id }
    await navigate({ to: '/$tenantKey/customers/import/$importId', params, replace: true })
  }
  const readAgain = kept && ((format: FileFormat) => void send(kept, format))
  return { readAgain, refusal, isSending }
}
