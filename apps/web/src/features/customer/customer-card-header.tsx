import type { Customer } from '@sarai/api'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import Archive from 'lucide-react/icons/archive'
import ArchiveRestore from 'lucide-react/icons/archive-restore'
import ArrowLeft from 'lucide-react/icons/arrow-left'
import Pencil from 'lucide-react/icons/pencil'
import X from 'lucide-react/icons/x'
import { useTranslations } from 'use-intl'
import { useFormat } from '../../lib/format.ts'
import { useShortcuts } from '../../lib/keyboard.ts'
import { usePage } from '../../lib/page.ts'
import { useCan } from '../../lib/permissions.ts'
import { useTenantKey, useTrpc } from '../../lib/trpc.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { useArchive } from './use-archive.ts'

export interface CustomerCardHeaderProps {
  customer: Customer
  isPane: boolean
  onEdit: () => void
}

export function CustomerCardHeader({ customer, isPane, onEdit }: CustomerCardHeaderProps) {
  const t = useTranslations('customer.card')
  const format = useFormat()
  const { archivedAt } = customer
  return (
    <header className="flex flex-col gap-3">
      {isPane ? null : <BackLink />}
      <div className="flex items-center gap-3">
        <Avatar name={customer.name} size="lg" />
        <div className="min-w-0 flex-1">
          {isPane ? <PaneName customer={customer} /> : <PageName customer={customer} />}
          {customer.company === null ? null : (
            <p className="truncate text-sm text-text-muted">
              <bdi>{customer.company}</bdi>
            </p>
          )}
        </div>
        {archivedAt === null ? null : <Badge tone="warning">{t('archivedBadge')}</Badge>}
        {isPane ? null : <CloseLink />}
      </div>
      {archivedAt === null ? null : (
        <p className="rounded-md bg-warning-soft px-3 py-2 text-sm text-warning-text">
          {t('archivedSince', { time: format.day(archivedAt) })}
        </p>
      )}
      <CardActions customer={customer} isPane={isPane} onEdit={onEdit} />
    </header>
  )
}

/** Where the card has taken the place of the list. */
function BackLink() {
  const t = useTranslations('customer.card')
  const tenantKey = useTenantKey()
  return (
    <div className="-ms-2 -mt-1 flex xl:hidden">
      <Link
        to="/$tenantKey/customers"
        params={{ tenantKey }}
        search={(search) => search}
        className="inline-flex h-8 items-center gap-1.5 rounded-md px-2 text-sm text-text-muted hover:bg-hover hover:text-text pointer-coarse:h-10"
      >
        <ArrowLeft aria-hidden className="flip-rtl size-4" />
        {t('back')}
      </Link>
    </div>
  )
}

/** Where the card stands beside the list. */
function CloseLink() {
  const t = useTranslations('common.action')
  const tenantKey = useTenantKey()
  return (
    <Link
      to="/$tenantKey/customers"
      params={{ tenantKey }}
      search={(search) => search}
      aria-label={t('close')}
      className="hidden size-8 shrink-0 items-center justify-center self-start rounded-md text-text-muted hover:bg-hover hover:text-text xl:inline-flex"
    >
      <X aria-hidden className="size-4" />
    </Link>
  )
}

const NAME_CLASS = 'text-lg font-semibold tracking-tight break-words'

function PageName({ customer }: Pick<CustomerCardHeaderProps, 'customer'>) {
  const trpc = useTrpc()
  const { data: tenant } = useQuery(trpc.tenant.info.queryOptions())
  const heading = usePage(customer.name, tenant?.name)
  return (
    <h1 ref={heading} id="customer-name" tabIndex={-1} className={NAME_CLASS}>
      <bdi>{customer.name}</bdi>
    </h1>
  )
}

function PaneName({ customer }: Pick<CustomerCardHeaderProps, 'customer'>) {
  const t = useTranslations('customer.card')
  const tenantKey = useTenantKey()
  return (
    <h2 id="customer-name" className={NAME_CLASS}>
      <Link
        to="/$tenantKey/customers/$customerId"
        params={{ tenantKey, customerId: customer.id }}
        title={t('openCard')}
        className="hover:underline"
      >
        <bdi>{customer.name}</bdi>
      </Link>
    </h2>
  )
}

function CardActions({ customer, isPane, onEdit }: CustomerCardHeaderProps) {
  const t = useTranslations('customer')
  const can = useCan()
  const { archive, restore } = useArchive()
  const mayEdit = can('customer:update')
  const group = t('shortcut.group')
  useShortcuts(
    mayEdit && !isPane
      ? [{ id: 'customer.edit', keys: 'e', label: t('shortcut.edit'), group, run: onEdit }]
      : [],
  )
  return (
    <div className="flex flex-wrap gap-2">
      {mayEdit ? (
        <Button size="sm" onClick={onEdit}>
          <Pencil aria-hidden className="size-3.5" />
          {t('card.edit')}
        </Button>
      ) : null}
      {can('customer:archive') ? (
        <ArchiveButton
          isArchived={customer.archivedAt !== null}
          onArchive={() => archive(customer)}
          onRestore={() => restore(customer)}
        />
      ) : null}
    </div>
  )
}

function ArchiveButton({
  isArchived,
  onArchive,
  onRestore,
}: {
  isArchived: boolean
  onArchive: () => void
  onRestore: () => void
}) {
  const t = useTranslations('customer.card')
  return (
    <Button
      size="sm"
      variant={isArchived ? 'primary' : 'secondary'}
      onClick={isArchived ? onRestore : onArchive}
    >
      {isArchived ? (
        <ArchiveRestore aria-hidden className="size-3.5" />
      ) : (
        <Archive aria-hidden className="size-3.5" />
      )}
      {t(isArchived ? 'restore' : 'archive')}
    </Button>
  )
}
