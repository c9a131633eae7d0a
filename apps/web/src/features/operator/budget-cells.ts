import type { ConnectionsReport } from './connections-report.ts'

/** In the order in which they stand beside each other. */
export const CELL_STATES = ['leased', 'opening', 'turning', 'idle', 'closing', 'free', 'reserved'] as const
export type CellState = (typeof CELL_STATES)[number]

export interface CellGroup {
  /** null: nobody's. */
  tenant: string | null
  waiting: number
  cells: CellState[]
}

/** One permit is never lent: a statement must be stoppable also while everything is taken. */
const RESERVED = 1

/** Every permit of the budget as one cell: those of a tenant together, then those that go, then what is left. */
export function layOutCells({ pool }: ConnectionsReport): CellGroup[] {
  const groups = pool.tenants
    .map((tenant) => ({
      tenant: tenant.tenant,
      waiting: tenant.waiting,
      cells: [
        ...repeat('leased', tenant.leased),
        ...repeat('opening', tenant.opening),
        ...repeat('turning', tenant.turning),
        ...repeat('idle', tenant.idle),
        ...repeat('closing', tenant.closing),
      ],
    }))
    .filter(({ cells, waiting }) => cells.length > 0 || waiting > 0)
    .toSorted((one, other) => other.cells.length - one.cells.length || other.waiting - one.waiting)
  const shown = groups.reduce((sum, { cells }) => sum + cells.length, 0)
  const unnamed = Math.max(0, pool.budget.inUse - shown)
  const left = Math.max(0, pool.budget.limit - Math.max(shown, pool.budget.inUse))
  const reserved = Math.min(RESERVED, left)
  const rest = [
    ...repeat('closing', unnamed),
    ...repeat('free', left - reserved),
    ...repeat('reserved', reserved),
  ]
  return rest.length > 0 ? [...groups, { tenant: null, waiting: 0, cells: rest }] : groups
}

export function countCells(groups: readonly CellGroup[]): Record<CellState, number> {
  const counts = { leased: 0, opening: 0, turning: 0, idle: 0, closing: 0, free: 0, reserved: 0 }
  for (const { cells } of groups) for (const cell of cells) counts[cell] += 1
  return counts
}

function repeat(state: CellState, count: number): CellState[] {
  return Array.from({ length: count }, () => state)
}
