import type { Trpc } from '../../lib/trpc.ts'

export type ConnectionsReport = Trpc['operator']['connections']['~types']['output']
export type Sample = ConnectionsReport['history']['samples'][number]
export type TenantStats = ConnectionsReport['pool']['tenants'][number]
export type Waiting = ConnectionsReport['waiting'][number]
export type WhyWaiting = Waiting['why']
export type LedgerRow = ConnectionsReport['ledger']['tenants'][number]
