import { CUSTOMER_COMPANY_LENGTH_MAX, FILTER_FIELDS_MAX } from '@sarai/api/customer/schema'
import { useQuery } from '@tanstack/react-query'
import { type SubmitEvent, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useTrpc } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { CustomersSearch } from './customer-queries.ts'
import { FieldSet, OwnControl, PresenceControl, TagsControl } from './filter-controls.tsx'
import { type FilterDraft, toDraft, withDraft, withOwn, withoutFilters } from './filter-draft.ts'

/** Of an instant that the dashboard put into the address, its day. */
const DAY_LENGTH = 10

interface FilterDialogProps {
  search: CustomersSearch
  onSearchChange: (search: CustomersSearch) => void
  onClose: () => void
}

/** Everything a list can be narrowed by; it is narrowed when the dialog says so. */
export function FilterDialog({ search, onSearchChange, onClose }: FilterDialogProps) {
  const t = useTranslations('customer.filter')
  const id = useId()
  const trpc = useTrpc()
  const [draft, setDraft] = useState(toDraft(search))
  const { data: tags } = useQuery(trpc.customer.tag.list.queryOptions())
  const { data: fields } = useQuery(trpc.customer.field.list.queryOptions())
  const own = draft.own ?? []
  const offered = fields?.items.filter(({ archivedAt }) => archivedAt === null) ?? []
  function leaveWith(next: CustomersSearch): void {
    onSearchChange(next)
    onClose()
  }
  return (
    <Dialog
      isOpen
      onOpenChange={onClose}
      title={t('title')}
      description={t('text')}
      footer={
        <>
          <Button onClick={() => leaveWith(withoutFilters(search))}>{t('clear')}</Button>
          <Button type="submit" form={id} variant="primary">
            {t('apply')}
          </Button>
        </>
      }
    >
      <form
        id={id}
        className="flex flex-col gap-4"
        onSubmit={(event: SubmitEvent) => {
          event.preventDefault()
          leaveWith(withDraft(search, draft))
        }}
      >
        <TagsControl tags={tags?.items ?? []} draft={draft} onChange={setDraft} />
        <div className="grid gap-4 sm:grid-cols-2">
          <PresenceControl
            label={t('email')}
            value={draft.email}
            onChange={(email) => setDraft({ ...draft, email })}
          />
          <PresenceControl
            label={t('phone')}
            value={draft.phone}
            onChange={(phone) => setDraft({ ...draft, phone })}
          />
        </div>
        <TextField
          label={t('company')}
          hint={t('companyHint')}
          dir="auto"
          maxLength={CUSTOMER_COMPANY_LENGTH_MAX}
          value={draft.company ?? ''}
          onChange={(event) => setDraft({ ...draft, company: event.target.value })}
        />
        <Days draft={draft} onChange={setDraft} />
        {offered.slice(0, FILTER_FIELDS_MAX).map((field) => (
          <OwnControl
            key={field.id}
            field={field}
            value={own.find((filter) => filter.id === field.id) ?? { id: field.id }}
            onChange={(changed) => setDraft({ ...draft, own: withOwn(own, changed) })}
          />
        ))}
      </form>
    </Dialog>
  )
}

function Days({ draft, onChange }: { draft: FilterDraft; onChange: (draft: FilterDraft) => void }) {
  const t = useTranslations('customer.filter')
  return (
    <FieldSet label={t('added')}>
      <TextField
        label={t('from')}
        type="date"
        value={draft.from?.slice(0, DAY_LENGTH) ?? ''}
        onChange={(event) => onChange({ ...draft, from: event.target.value })}
      />
      <TextField
        label={t('to')}
        type="date"
        value={draft.to?.slice(0, DAY_LENGTH) ?? ''}
        onChange={(event) => onChange({ ...draft, to: event.target.value })}
      />
    </FieldSet>
  )
}
