import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Plus from 'lucide-react/icons/plus'
import Upload from 'lucide-react/icons/upload'
import UsersRound from 'lucide-react/icons/users-round'
import { type ReactNode, type RefObject, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useShortcuts } from '../../lib/keyboard.ts'
import { listItems } from '../../lib/paged-list.ts'
import { useCan } from '../../lib/permissions.ts'
import { useTenantKey, useTrpc } from '../../lib/trpc.ts'
import { Button, buttonClass } from '../../ui/button.tsx'
import { cx } from '../../ui/cx.ts'
import { KeptFocus } from '../../ui/kept-focus.tsx'
import { Page } from '../../ui/page.tsx'
import { BulkBar } from './bulk-bar.tsx'
import { BulkProgress } from './bulk-progress.tsx'
import { CreateCustomerDialog } from './create-customer-dialog.tsx'
import { CustomerFilters } from './customer-filters.tsx'
import { type CustomersSearch, customersOptions, toFilter } from './customer-queries.ts'
import { USUAL_COLUMNS, withColumns } from './customer-columns.ts'
import { CustomerTable } from './customer-table.tsx'
import { isNobody } from './selection.ts'
import { SelectionContext, useSelection } from './selection-context.ts'
import { ExportLink } from './export-link.tsx'
import { ColumnsContext, useColumns } from './use-columns.ts'
import { useExportSelected } from './use-export-selected.ts'
import { useLiveCustomers } from './use-customer-cache.ts'

/** The row that stands where the last one was, else the first one. */
const ROWS = ['[data-active] a', '[data-index] a']

export interface CustomersPageProps {
  /** The customer whose card is open beside the list. */
  customerId: string | undefined
  search: CustomersSearch
  onSearchChange: (search: CustomersSearch) => void
  /** The card. */
  children: ReactNode
}

export function CustomersPage({ customerId, search, onSearchChange, children }: CustomersPageProps) {
  const isCardOpen = customerId !== undefined
  useLiveCustomers()
  const list = useRef<HTMLDivElement>(null)
  useFocusOnClose(list, customerId)
  return (
    <div className="flex h-full min-h-0">
      <div ref={list} className={cx('h-full min-w-0 flex-1', isCardOpen && 'hidden xl:block')}>
        <CustomerListPane customerId={customerId} search={search} onSearchChange={onSearchChange} />
      </div>
      {isCardOpen ? (
        <div className="h-full w-full min-w-0 overflow-y-auto xl:w-104 xl:shrink-0 xl:border-s xl:border-line">
          {children}
        </div>
      ) : null}
    </div>
  )
}

/** A card that is closed takes the focus with it: one goes on at the customer whose card it was. */
function useFocusOnClose(list: RefObject<HTMLElement | null>, customerId: string | undefined): void {
  const before = useRef(customerId)
  useEffect(() => {
    const closed = customerId === undefined && before.current !== undefined
    before.current = customerId
    if (!closed || document.activeElement !== document.body) return
    const rows = ROWS.map((row) => list.current?.querySelector<HTMLElement>(row))
    rows.find((row) => row)?.focus()
  }, [list, customerId])
}

function CustomerListPane({ customerId, search, onSearchChange }: Omit<CustomersPageProps, 'children'>) {
  const t = useTranslations('customer')
  const trpc = useTrpc()
  const can = useCan()
  const [isCreating, setCreating] = useState(false)
  const { data: tenant } = useQuery(trpc.tenant.info.queryOptions())
  const list = useInfiniteQuery({
    ...customersOptions(trpc, toFilter(search)),
    placeholderData: keepPreviousData,
  })
  const items = list.data ? listItems(list.data) : []
  const columns = useColumns({ search, onSearchChange })
  const selecting = useSelection(JSON.stringify(withColumns(search, undefined)))
  const maySelect = can('customer:update') || can('customer:archive') || can('customer:export')
  const exporting = useExportSelected()
  const mayCreate = can('customer:create')
  const create = () => setCreating(true)
  useShortcuts(
    mayCreate
      ? [
          {
            id: 'customer.create',
            keys: 'c',
            label: t('shortcut.create'),
            group: t('shortcut.group'),
            run: create,
          },
        ]
      : [],
  )
  return (
    <Page
      title={t('title')}
      place={tenant?.name}
      isFilled
      actions={
        <Actions
          exported={withColumns(search, columns.chosen ?? USUAL_COLUMNS)}
          {...(mayCreate && { onCreate: create })}
        />
      }
    >
      <ColumnsContext value={columns}>
        <CustomerFilters search={search} onSearchChange={onSearchChange} />
        <KeptFocus places={ROWS}>
          <SelectionContext value={maySelect ? selecting : null}>
            <CustomerTable
              list={list}
              items={items}
              customerId={customerId}
              search={search}
              onSearchChange={onSearchChange}
              {...(mayCreate && { onCreate: create })}
            />
          </SelectionContext>
          {maySelect ? <BulkProgress exporting={exporting.underWay} /> : null}
          {maySelect && !isNobody(selecting.selection) ? (
            <BulkBar
              selecting={selecting}
              filter={toFilter(search)}
              columns={columns.chosen ?? USUAL_COLUMNS}
              onExport={exporting.start}
            />
          ) : null}
        </KeptFocus>
      </ColumnsContext>
      <CreateCustomerDialog isOpen={isCreating} onOpenChange={setCreating} />
    </Page>
  )
}

interface ActionsProps {
  /** The list with its columns. */
  exported: CustomersSearch
  onCreate?: () => void
}

function Actions({ exported, onCreate }: ActionsProps) {
  const t = useTranslations('customer.list')
  const can = useCan()
  return (
    <>
      {/* Close together on a phone, so that the page's name keeps its room. */}
      <div className="flex items-center sm:gap-3 max-sm:*:px-2">
        {can('customer:export') ? <ExportLink search={exported} /> : null}
        {can('customer:import') ? <ImportLink /> : null}
        {can('customer:merge') ? <DuplicatesLink /> : null}
      </div>
      {onCreate ? (
        <Button variant="primary" onClick={onCreate}>
          <Plus aria-hidden className="size-4" />
          {t('new')}
        </Button>
      ) : null}
    </>
  )
}

function ImportLink() {
  const t = useTranslations('customer.list')
  const tenantKey = useTenantKey()
  return (
    <Link to="/$tenantKey/customers/import" params={{ tenantKey }} className={buttonClass('ghost')}>
      <Upload aria-hidden className="size-4" />
      <span className="max-sm:sr-only">{t('import')}</span>
    </Link>
  )
}

function DuplicatesLink() {
  const t = useTranslations('customer.duplicate')
  const tenantKey = useTenantKey()
  return (
    <Link to="/$tenantKey/customers/duplicates" params={{ tenantKey }} className={buttonClass('ghost')}>
      <UsersRound aria-hidden className="size-4" />
      <span className="max-sm:sr-only">{t('open')}</span>
    </Link>
  )
}
