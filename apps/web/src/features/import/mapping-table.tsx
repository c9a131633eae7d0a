import type { CustomerField, ReceivedImport } from '@sarai/api'
import { IMPORT_DETAILS } from '@sarai/api/import/schema'
import { useTranslations } from 'use-intl'
import { cx } from '../../ui/cx.ts'
import { Select } from '../../ui/select.tsx'
import { Table, Td, Th } from '../../ui/table.tsx'
import type { ColumnTarget } from './column-targets.ts'
import type { ImportPlan } from './use-import-plan.ts'

interface MappingTableProps {
  file: ReceivedImport
  fields: readonly CustomerField[]
  plan: ImportPlan
}

/** Each column of the file, what stands in it, and what it is. */
export function MappingTable({ file, fields, plan }: MappingTableProps) {
  const t = useTranslations('import')
  const td = useTranslations('import.detail')
  const options: { value: ColumnTarget; label: string }[] = [
    { value: 'ignore', label: t('columns.ignore') },
    { value: 'name', label: td('name') },
    ...IMPORT_DETAILS.map((detail) => ({ value: detail, label: td(detail) })),
    ...fields.map(({ id, name }) => ({ value: `field:${id}` as const, label: name })),
  ]
  return (
    <Table label={t('columns.title')}>
      <thead>
        <tr>
          <Th>{t('columns.column')}</Th>
          <Th className="max-md:hidden">{t('columns.samples')}</Th>
          <Th>{t('columns.target')}</Th>
        </tr>
      </thead>
      <tbody>
        {file.columns.map((column, at) => (
          // Two columns may have one name: their place is what they are known by.
          <tr key={`${column}${at}`}>
            <Td className="py-1.5 font-medium">
              <bdi>{column}</bdi>
              <Samples file={file} at={at} className="max-w-40 font-normal md:hidden" />
            </Td>
            <Td className="max-md:hidden">
              <Samples file={file} at={at} className="max-w-64" />
            </Td>
            <Td className="py-1.5">
              <Select
                label={t('columns.targetOf', { column })}
                value={plan.targets[at] ?? 'ignore'}
                onChange={(target) => plan.choose(at, target)}
                options={options}
                className="max-w-48 min-w-36"
              />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}

interface SamplesProps {
  file: ReceivedImport
  /** The place of the column. */
  at: number
  className: string
}

/** What stands in a column, each in its own direction; on a phone below the column's name. */
function Samples({ file, at, className }: SamplesProps) {
  const samples = file.samples.flatMap((row) => row[at]?.trim() || [])
  return (
    <div className={cx('truncate text-text-muted', className)}>
      {samples.map((sample, index) => (
        // The same may stand in several rows.
        <span key={index}>
          {index === 0 ? null : ' · '}
          <bdi>{sample}</bdi>
        </span>
      ))}
    </div>
  )
}
