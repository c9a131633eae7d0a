import { ARCHIVE_UPLOAD_BYTES_MAX } from '@sarai/api/operator/schema'
import { useQueryClient } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { showToast } from '../../lib/toast.ts'
import { globalTrpc } from '../../lib/trpc.ts'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { ProgressBar } from '../../ui/progress-bar.tsx'
import { ArchiveChoice } from './archive-choice.tsx'
import { IntoFields } from './into-fields.tsx'
import { EMPTY_INTO, findIntoErrors, type IntoErrors, type IntoForm, toIntoInput } from './into-form.ts'
import { uploadArchive, type UploadRefusal } from './upload-archive.ts'

type Refusal = Extract<UploadRefusal, { text: string }>['text'] | 'noFile'

/** A tenant of an archive. Once the archive has arrived, the rest goes on without this page. */
export function ImportTenantDialog({ onClose }: { onClose: () => void }) {
  const t = useTranslations('fleet.transfer')
  const format = useFormat()
  const { form, errors, file, sent, refusal, change, choose, submit, leave } = useUpload(onClose)
  return (
    <FormDialog
      size="md"
      title={t('importTitle')}
      description={t('importText', { size: format.bytes(ARCHIVE_UPLOAD_BYTES_MAX) })}
      submitLabel={t('importStart')}
      isBusy={sent !== null}
      onSubmit={submit}
      onClose={leave}
    >
      <ArchiveChoice file={file} onFile={choose} />
      <IntoFields form={form} errors={errors} onChange={change} />
      <p className="text-sm text-text-muted">{t('notCopied')}</p>
      {sent === null || !file ? null : (
        <div className="flex flex-col gap-1.5">
          <ProgressBar label={t('sending')} done={sent} total={file.size} />
          <p className="text-sm text-text-muted tabular">
            {t('counted', { done: format.bytes(sent), total: format.bytes(file.size) })}
          </p>
        </div>
      )}
      <p role="alert" className="text-sm text-danger-text empty:hidden">
        {refusal ? t(`refusal.${refusal}`, { size: format.bytes(ARCHIVE_UPLOAD_BYTES_MAX) }) : null}
      </p>
    </FormDialog>
  )
}

function useUpload(onClose: () => void) {
  const t = useTranslations('fleet.transfer')
  const queryClient = useQueryClient()
  const [form, setForm] = useState<IntoForm>(EMPTY_INTO)
  const [errors, setErrors] = useState<IntoErrors>({})
  const [file, setFile] = useState<File | null>(null)
  const [sent, setSent] = useState<number | null>(null)
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const sending = useRef<AbortController | null>(null)

  async function send(archive: File): Promise<void> {
    const controller = new AbortController()
    sending.current = controller
    setSent(0)
    const upload = { file: archive, into: toIntoInput(form), onProgress: setSent, signal: controller.signal }
    const outcome = await uploadArchive(upload)
    setSent(null)
    if (outcome === null) return
    if ('refusal' in outcome) return refuse(outcome.refusal)
    showToast({ id: 'transfer', title: t('begun') })
    void queryClient.invalidateQueries(globalTrpc.operator.transfer.pathFilter())
    onClose()
  }

  function refuse(why: UploadRefusal): void {
    if ('text' in why) setRefusal(why.text)
    else setErrors({ [why.field]: why.field === 'intoKey' ? 'keyTaken' : 'ownerUnknown' })
  }

  function submit(): void {
    const found = findIntoErrors(form)
    setErrors(found)
    setRefusal(findFileRefusal(file))
    if (file && !findFileRefusal(file) && Object.keys(found).length === 0) void send(file)
  }

  return {
    form,
    errors,
    file,
    sent,
    refusal,
    change: setForm,
    choose: (chosen: File) => (setFile(chosen), setRefusal(findFileRefusal(chosen))),
    submit,
    leave: () => (sending.current?.abort(), onClose()),
  }
}

function findFileRefusal(file: File | null): Refusal | null {
  if (!file) return 'noFile'
  return file.size > ARCHIVE_UPLOAD_BYTES_MAX ? 'tooLarge' : null
}
