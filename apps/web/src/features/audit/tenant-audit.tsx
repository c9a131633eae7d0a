import { AUDIT_ACTIONS } from '@sarai/api/audit/schema'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { useTrpc } from '../../lib/trpc.ts'
import { type AuditChoice, toFilter } from './audit-filter.ts'
import { AuditView } from './audit-view.tsx'
import { TenantThing } from './tenant-thing.tsx'

interface TenantAuditProps {
  choice: AuditChoice
  onChoose: (choice: AuditChoice) => void
}

/** What was done in a workspace. */
export function TenantAudit({ choice, onChoose }: TenantAuditProps) {
  const trpc = useTrpc()
  const actors = useQuery(trpc.audit.actors.queryOptions())
  const lines = useInfiniteQuery({
    ...trpc.audit.list.infiniteQueryOptions(toFilter(choice, AUDIT_ACTIONS), {
      getNextPageParam: (page) => page.nextCursor,
      staleTime: 0,
    }),
    placeholderData: keepPreviousData,
  })
  return (
    <AuditView
      actions={AUDIT_ACTIONS}
      actors={actors.data?.items ?? []}
      lines={lines}
      choice={choice}
      onChoose={onChoose}
      renderThing={(line) => <TenantThing line={line} />}
    />
  )
}
