import type { Breakers } from './breakers.ts'
import { RESERVED, type Budget } from './budget.ts'
import type { ClassGate, GateView } from './class-gate.ts'
import type { Clock } from './clock.ts'
import type { Driver } from './driver.ts'
import type { IdleStacks } from './idle-stacks.ts'
import type { Member } from './member.ts'
import type { OpenPace } from './open-pace.ts'
import type { Reserve } from './reserve.ts'
import type { TenantPools } from './tenant-pools.ts'
import type { TurnLength } from './turn-length.ts'
import type { PoolCounters, PoolEvent, PoolOptions } from './types.ts'

/** What the parts of one pool share. */
export interface PoolContext {
  readonly options: PoolOptions
  readonly clock: Clock
  readonly driver: Driver
  readonly budget: Budget
  readonly reserve: Reserve
  readonly tenants: TenantPools
  readonly gate: ClassGate
  readonly idle: IdleStacks
  readonly members: Set<Member>
  readonly pace: OpenPace
  readonly breakers: Breakers
  readonly turn: TurnLength
  readonly counters: PoolCounters
  connecting: number
  /** Connections that never came to be, and that the server may still count. */
  lettingGo: number
  isClosing: boolean
  emit(event: PoolEvent): void
  /** Something became free or somebody came or went: look who is next. */
  pump(): void
}

/** Whether one more connection has to go, those that are going already not counted. */
export function exceedsBudget({ budget, members }: PoolContext): boolean {
  if (budget.excess === 0) return false
  let going = 0
  for (const { state } of members) if (state === 'closing') going += 1
  return going < budget.excess
}

/** Connections may be had at once: an idle one, or a permit. */
export function gateView({ budget, idle, pace, connecting }: PoolContext): GateView {
  const hasSpare = idle.spare > 0 || (budget.hasFree && pace.mayOpen(connecting))
  return { connectionsMax: budget.max - RESERVED, hasSpare }
}
