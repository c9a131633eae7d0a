import type { Trpc } from '../../lib/trpc.ts'

export type FleetStatus = Trpc['operator']['migration']['status']['~types']['output']
export type Rollout = NonNullable<FleetStatus['latest']>
export type TenantMigration = FleetStatus['recent'][number]

/** What a person sees of a rollout's state: more than its record says by itself. */
export type RolloutState = 'running' | 'stopping' | 'cutOff' | 'done' | 'failures' | 'stopped'

export function stateOf({ state, isCutOff, stopAskedAt, counts }: Rollout): RolloutState {
  if (state === 'running') return isCutOff ? 'cutOff' : stopAskedAt === null ? 'running' : 'stopping'
  if (state === 'stopped') return 'stopped'
  return counts.failed > 0 ? 'failures' : 'done'
}

/** Somebody is at work, so that what is shown changes by itself. */
export function isAtWork(rollout: Rollout | null): boolean {
  return rollout !== null && rollout.state === 'running' && !rollout.isCutOff
}

export interface FleetVersions {
  tenants: number
  /** Have an older schema than this version of the program brings them to. */
  behind: number
  /** Of those: have one that it no longer serves. */
  closed: number
}

export function countVersions({
  versions,
  targetVersion,
  servedFrom,
}: Pick<FleetStatus, 'versions' | 'targetVersion' | 'servedFrom'>): FleetVersions {
  const count = (isCounted: (version: number) => boolean) =>
    versions.reduce((sum, each) => sum + (isCounted(each.schemaVersion) ? each.tenants : 0), 0)
  return {
    tenants: count(() => true),
    behind: count((version) => version < targetVersion),
    closed: count((version) => version < servedFrom),
  }
}
