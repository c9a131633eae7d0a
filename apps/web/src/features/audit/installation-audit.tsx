import { INSTALLATION_AUDIT_ACTIONS } from '@sarai/api/audit/schema'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { globalTrpc } from '../../lib/trpc.ts'
import { type AuditChoice, toFilter } from './audit-filter.ts'
import { AuditView } from './audit-view.tsx'
import { ThingName } from './thing-name.tsx'

interface InstallationAuditProps {
  choice: AuditChoice
  onChoose: (choice: AuditChoice) => void
}

/** What was done to the installation: its tenants, its people and their accounts. */
export function InstallationAudit({ choice, onChoose }: InstallationAuditProps) {
  const { audit } = globalTrpc.operator
  const actors = useQuery(audit.actors.queryOptions())
  const lines = useInfiniteQuery({
    ...audit.list.infiniteQueryOptions(toFilter(choice, INSTALLATION_AUDIT_ACTIONS), {
      getNextPageParam: (page) => page.nextCursor,
      staleTime: 0,
    }),
    placeholderData: keepPreviousData,
  })
  return (
    <AuditView
      actions={INSTALLATION_AUDIT_ACTIONS}
      actors={actors.data?.items ?? []}
      lines={lines}
      choice={choice}
      onChoose={onChoose}
      renderThing={(line) => <ThingName line={line} />}
    />
  )
}
