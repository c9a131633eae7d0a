import type { ImportResultRow, ReceivedImport } from '@sarai/api'
import { useMutation } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { saveFile } from '../../lib/save-file.ts'
import { tenantApi, useTenantKey } from '../../lib/trpc.ts'
import { makeResultFile, nameResultFile } from './result-file.ts'

/** Makes the result file in the language of the page and gives it to the browser to save. */
export function useDownloadResults(file: ReceivedImport) {
  const t = useTranslations('import')
  const tenantKey = useTenantKey()
  return useMutation({
    mutationFn: async () => {
      const rows = await readResults(tenantKey, file.id)
      const text = makeResultFile(file, rows, {
        row: t('preview.row'),
        outcome: t('preview.outcome'),
        reason: t('result.reason'),
        sayOutcome: ({ outcome }) => t(`outcome.${outcome ?? 'notReached'}`),
        sayReason: ({ reason }) => (reason ? t(`reason.${reason}`) : ''),
      })
      saveFile(new Blob([text], { type: 'text/csv' }), nameResultFile(file.fileName, t('result.word')))
    },
  })
}

async function readResults(tenantKey: string, id: string): Promise<ImportResultRow[]> {
  const { client } = tenantApi(tenantKey)
  const rows: ImportResultRow[] = []
  for (let afterRow: number | null = 0; afterRow !== null;) {
    const page: { items: ImportResultRow[]; nextRow: number | null } = await client.import.results.query({
      id,
      afterRow,
    })
    rows.push(...page.items)
    afterRow = page.nextRow
  }
  return rows
}
