import type { CustomerField, ImportPreviewRow } from '@sarai/api'
import { IMPORT_DETAILS, type PlanImportInput } from '@sarai/api/import/schema'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { formatPhone } from '../../lib/format-phone.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Badge, type Tone } from '../../ui/badge.tsx'
import { LoadFailure } from '../../ui/load-failure.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { Table, Td, Th } from '../../ui/table.tsx'
import type { ColumnTarget } from './column-targets.ts'

interface PreviewProps {
  input: PlanImportInput
  fields: readonly CustomerField[]
  targets: readonly ColumnTarget[]
}

const TONES: Record<ImportPreviewRow['outcome'], Tone> = {
  created: 'success',
  updated: 'accent',
  same: 'neutral',
  skipped: 'neutral',
  refused: 'danger',
}

/** The first rows as they will be, each with what becomes of it. */
export function ImportPreview({ input, fields, targets }: PreviewProps) {
  const t = useTranslations('import')
  const format = useFormat()
  const trpc = useTrpc()
  const preview = useQuery({
    ...trpc.import.preview.queryOptions(input),
    placeholderData: keepPreviousData,
  })
  if (preview.isError)
    return (
      <LoadFailure
        error={preview.error}
        isRetrying={preview.isFetching}
        onRetry={() => void preview.refetch()}
      />
    )
  if (!preview.data) return <Skeleton className="h-64" />
  const details = IMPORT_DETAILS.filter((detail) => targets.includes(detail))
  const own = fields.filter(({ id }) => targets.includes(`field:${id}`))
  return (
    <Table label={t('preview.title')}>
      <thead>
        <tr>
          <Th isNumeric>{t('preview.row')}</Th>
          <Th>{t('preview.outcome')}</Th>
          <Th>{t('detail.name')}</Th>
          {details.map((detail) => (
            <Th key={detail}>{t(`detail.${detail}`)}</Th>
          ))}
          {own.map(({ id, name }) => (
            <Th key={id}>{name}</Th>
          ))}
        </tr>
      </thead>
      <tbody>
        {preview.data.items.map((row) => (
          <tr key={row.rowNumber}>
            <Td isNumeric className="text-text-muted">
              {format.number(row.rowNumber)}
            </Td>
            <Td className="whitespace-nowrap">
              <Outcome row={row} />
            </Td>
            <Td className="font-medium whitespace-nowrap">
              <bdi>{row.values.name}</bdi>
            </Td>
            {details.map((detail) => (
              <Td key={detail} className="max-w-56 truncate">
                <bdi {...((detail === 'phone' || detail === 'email') && { dir: 'ltr' as const })}>
                  {detail === 'phone' && row.values.phone
                    ? formatPhone(row.values.phone)
                    : row.values[detail]}
                </bdi>
              </Td>
            ))}
            {own.map(({ id }) => (
              <Td key={id} className="max-w-56 truncate">
                <Value value={row.fields[id]} />
              </Td>
            ))}
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

function Outcome({ row: { outcome, reason, match } }: { row: ImportPreviewRow }) {
  const t = useTranslations('import')
  return (
    <>
      <Badge tone={TONES[outcome]}>{t(`outcome.${outcome}`)}</Badge>
      {reason ? <span className="ms-2 text-xs text-text-muted">{t(`reason.${reason}`)}</span> : null}
      {match ? (
        <span className="ms-2 text-xs text-text-muted">
          <bdi>{match.name}</bdi>
        </span>
      ) : null}
    </>
  )
}

function Value({ value }: { value: ImportPreviewRow['fields'][string] | undefined }) {
  const t = useTranslations('import')
  const format = useFormat()
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no')
  return <bdi>{typeof value === 'number' ? format.number(value) : value}</bdi>
}
