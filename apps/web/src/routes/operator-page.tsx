import { useQuery } from '@tanstack/react-query'
import { createLazyRoute, Outlet } from '@tanstack/react-router'
import { OperatorShell } from '../features/operator/operator-shell.tsx'
import { AccountButton } from '../features/shell/account-button.tsx'
import { globalTrpc } from '../lib/trpc.ts'
import { PageNotFound } from './outcome.tsx'

export const Route = createLazyRoute('/operator')({ component: OperatorPage })

function OperatorPage() {
  const { data } = useQuery(globalTrpc.tenant.mine.queryOptions())
  if (!data?.isOperator) return <PageNotFound />
  return (
    <OperatorShell corner={<AccountButton />}>
      <Outlet />
    </OperatorShell>
  )
}
