import type { CustomerField, ReceivedImport } from '@sarai/api'
import { IMPORT_DETAILS } from '@sarai/api/import/schema'
import { useTranslations } from 'use-intl'
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
          <Th>{t('columns.samples')}</Th>
          <Th>{t('columns.target')}</Th>
        </tr>
      </thead>
      <tbody>
        {file.columns.map((column, at) => (
          // Two columns may have one name: their place is what they are known by.
          <tr key={`${column}${at}`}>
            <Td className="font-medium">
              <bdi>{column}</bdi>
            </Td>
            <Td className="max-w-64 truncate text-text-muted">
              <bdi>{file.samples.flatMap((row) => row[at]?.trim() || []).join(' · ')}</bdi>
            </Td>
            <Td>
              <Select
                label={t('columns.targetOf', { column })}
                value={plan.targets[at] ?? 'ignore'}
                onChange={(target) => plan.choose(at, target)}
                options={options}
                className="w-48"
              />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
