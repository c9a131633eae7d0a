import type { Customer, MergePreview, MergedDetail } from '@sarai/api'
import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useId } from 'react'
import { useTranslations } from 'use-intl'
import { formatPhone } from '../../lib/format-phone.ts'
import { useTrpc } from '../../lib/trpc.ts'
import { Badge } from '../../ui/badge.tsx'
import { Table, Td, Th } from '../../ui/table.tsx'
import { OwnValue } from './customer-details.tsx'
import type { MergeChoices } from './merge-choices.ts'
import { OwnerName } from './owner-name.tsx'

const DETAILS = [
  'name',
  'phone',
  'email',
  'company',
  'city',
  'owner',
  'about',
] as const satisfies readonly MergedDetail[]

interface MergeTableProps {
  preview: MergePreview
  choices: MergeChoices
  onChange: (choices: MergeChoices) => void
}

/** A column for each customer, a row for each field; what is chosen is what stays. */
export function MergeTable({ preview, choices, onChange }: MergeTableProps) {
  const t = useTranslations('customer')
  const trpc = useTrpc()
  const { data } = useQuery(trpc.customer.field.list.queryOptions())
  const { customers } = preview
  const owned = (data?.items ?? []).filter(({ id }) => preview.fields[id] !== undefined)
  return (
    <Table label={t('duplicate.mergeTitle')}>
      <thead>
        <tr>
          <Th>{t('duplicate.field')}</Th>
          {customers.map((customer) => (
            <Th key={customer.id}>
              <bdi>{customer.name}</bdi>{' '}
              {customer.archivedAt === null ? null : <Badge>{t('card.archivedBadge')}</Badge>}
            </Th>
          ))}
        </tr>
      </thead>
      <tbody>
        <ChoiceRow
          label={t('duplicate.stays')}
          chosen={choices.survivor}
          onChoose={(survivor) => onChange({ ...choices, survivor })}
          cells={customers.map((customer) => ({
            id: customer.id,
            label: t('duplicate.staysLabel', { name: customer.name }),
            isDisabled: customer.archivedAt !== null,
            value: t('duplicate.stays'),
          }))}
        />
        {DETAILS.filter((detail) => customers.some((customer) => customer[detail] !== null)).map((detail) => (
          <ChoiceRow
            key={detail}
            label={t(`column.${detail}`)}
            chosen={choices.details[detail]}
            onChoose={(whose) => onChange({ ...choices, details: { ...choices.details, [detail]: whose } })}
            cells={customers.map((customer) => ({
              id: customer.id,
              value: detailOf(customer, detail),
            }))}
          />
        ))}
        {owned.map((field) => (
          <ChoiceRow
            key={field.id}
            label={field.name}
            chosen={choices.fields[field.id] ?? 0}
            onChoose={(whose) => onChange({ ...choices, fields: { ...choices.fields, [field.id]: whose } })}
            cells={customers.map(({ id, fields }) => {
              const value = fields[field.id]
              return { id, value: value === undefined ? null : <OwnValue field={field} value={value} /> }
            })}
          />
        ))}
      </tbody>
    </Table>
  )
}

/** null: the customer has none. */
function detailOf(customer: Customer, detail: MergedDetail): ReactNode {
  if (detail === 'owner') return customer.owner && <OwnerName owner={customer.owner} />
  const value = customer[detail]
  if (value === null) return null
  if (detail === 'phone') return <bdi dir="ltr">{formatPhone(value)}</bdi>
  return <bdi className="line-clamp-4 whitespace-pre-wrap match-parent">{value}</bdi>
}

interface Cell {
  id: string
  label?: string
  isDisabled?: boolean
  /** null: the customer has none. */
  value: ReactNode
}

interface ChoiceRowProps {
  label: string
  chosen: number
  cells: readonly Cell[]
  onChoose: (whose: number) => void
}

/** Native radio buttons: the arrow keys go from customer to customer. */
function ChoiceRow({ label, chosen, cells, onChoose }: ChoiceRowProps) {
  const t = useTranslations('customer.duplicate')
  const group = useId()
  return (
    <tr>
      <th
        scope="row"
        id={`${group}-label`}
        className="h-10 border-b border-line px-3 text-start font-normal text-text-muted [tr:last-child>&]:border-b-0"
      >
        <bdi>{label}</bdi>
      </th>
      {cells.map(({ id, value, isDisabled = false, label: said }, at) => (
        <Td key={id} className="max-w-72 min-w-32 sm:min-w-40">
          <label className="flex items-center gap-2 py-1 has-disabled:opacity-50">
            <input
              type="radio"
              name={group}
              checked={at === chosen}
              disabled={isDisabled}
              {...(said ? { 'aria-label': said } : { 'aria-describedby': `${group}-label` })}
              onChange={() => onChoose(at)}
              className="size-4 shrink-0 accent-accent"
            />
            <span className="min-w-0 [overflow-wrap:anywhere]">
              {value ?? <span className="text-text-muted">{t('noValue')}</span>}
            </span>
          </label>
        </Td>
      ))}
    </tr>
  )
}
