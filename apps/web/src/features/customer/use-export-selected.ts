import type { ExportInput } from '@sarai/api/customer/schema'
import { useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { saveFile } from '../../lib/save-file.ts'
import { showToast } from '../../lib/toast.ts'
import { useTenantKey } from '../../lib/trpc.ts'

export interface ExportUnderWay {
  done: number
  total: number | null
  stop: () => void
}

/** A file of whom somebody has selected: it comes piece by piece, can be stopped, and is saved when all of it is there. */
export function useExportSelected() {
  const t = useTranslations('customer.bulk')
  const tenantKey = useTenantKey()
  const [progress, setProgress] = useState<{ done: number; total: number | null } | null>(null)
  const aborting = useRef<AbortController>(null)
  async function start(input: ExportInput): Promise<void> {
    aborting.current?.abort()
    const controller = new AbortController()
    aborting.current = controller
    setProgress({ done: 0, total: null })
    try {
      const answer = await fetch(`/t/${tenantKey}/customers.csv`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(input),
        signal: controller.signal,
      })
      if (!answer.ok || !answer.body) throw new Error(`The export was refused: ${answer.status}`)
      const total = Number(answer.headers.get('x-rows'))
      const blob = await readAll(answer, (done) => setProgress({ done: Math.min(done, total), total }))
      saveFile(blob, nameOf(answer))
      showToast({ title: t('done.export', { count: total }), tone: 'success' })
    } catch {
      if (!controller.signal.aborted) showToast({ title: t('exportFailed'), tone: 'danger' })
    }
    if (aborting.current === controller) setProgress(null)
  }
  const underWay: ExportUnderWay | null = progress && { ...progress, stop: () => aborting.current?.abort() }
  return { underWay, start: (input: ExportInput) => void start(input) }
}

const LINE_FEED = 10

/** Says after each piece how many lines have come, the one of the headings not counted. */
async function readAll(answer: Response, onRows: (count: number) => void): Promise<Blob> {
  const pieces: Uint8Array<ArrayBuffer>[] = []
  let lines = -1
  const reader = answer.body?.getReader()
  for (;;) {
    const read = await reader?.read()
    if (!read?.value) break
    pieces.push(read.value)
    for (const byte of read.value) if (byte === LINE_FEED) lines++
    onRows(Math.max(0, lines))
  }
  return new Blob(pieces, { type: 'text/csv' })
}

function nameOf(answer: Response): string {
  const said = /filename="([^"]+)"/.exec(answer.headers.get('content-disposition') ?? '')
  return said?.[1] ?? 'customers.csv'
}
