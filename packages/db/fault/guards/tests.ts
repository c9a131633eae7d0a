/** In virtual time, some seconds together; most guards are watched by these. */
export const VIRTUAL = [
  'src/pool/server-pool.test.ts',
  'src/pool/server-pool.model.test.ts',
  'src/pool/scheduler.test.ts',
  'src/pool/budget.test.ts',
  'src/pool/killer.test.ts',
  'src/pool/session-state.test.ts',
  'src/pool/circuit-breaker.test.ts',
  'src/pool/breakers.test.ts',
  'src/pool/evict-bound.test.ts',
  'src/pool/reserve.test.ts',
  'src/pool/turn-length.test.ts',
  'src/pool/together-line.test.ts',
  'fault/guards.test.ts',
]
/** On a real server: what only a wire can show. */
export const REAL = ['src/pool/server-pool.integration.test.ts']
export const REAL_FAULTS = ['src/pool/faults.integration.test.ts']
export const GUARDS_REAL = ['fault/guards.integration.test.ts']
export const ISOLATION = ['fault/isolation.integration.test.ts']
/** On the server of the test run. */
export const SCOPES_REAL = [
  'src/tenant/with-tenant.integration.test.ts',
  'src/tenant/with-tenants.integration.test.ts',
]
export const NESTING_REAL = ['src/open-kysely.integration.test.ts']
export const CLASSES = ['src/pool/class-gate.test.ts']
export const FLEET = [
  'src/fleet/share-plan.test.ts',
  'src/fleet/share-keeper.test.ts',
  'src/fleet/lease-terms.test.ts',
  'src/fleet/share-keeper.model.test.ts',
]
