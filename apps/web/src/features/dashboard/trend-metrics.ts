import type { Trpc } from '../../lib/trpc.ts'

export const METRICS = ['conversations', 'messages', 'resolved', 'newCustomers'] as const
export type Metric = (typeof METRICS)[number]
export type Trend = Trpc['dashboard']['trend']['~types']['output']
