import { enterConnectPerRequest } from './connect-per-request.ts'
import type { Row } from './contestant.ts'
import { enterEvictingPools } from './evicting-pools.ts'
import { enterOnePool } from './one-pool.ts'
import { enterOurs } from './ours.ts'
import { enterPlainPools } from './plain-pools.ts'

export const CEILING = 'one pool, one user (ceiling)'
export const OURS = 'Sarai'
export const EVICTING = 'pools, least recent evicted'

export const ROWS: readonly Row[] = [
  { name: 'plain pools, pool.query', enter: (setting) => enterPlainPools(setting, 'pool.query') },
  { name: 'plain pools, explicit release', enter: (setting) => enterPlainPools(setting, 'explicit') },
  { name: EVICTING, enter: enterEvictingPools },
  { name: 'connect per request', enter: enterConnectPerRequest },
  { name: OURS, enter: enterOurs },
  { name: CEILING, enter: enterOnePool },
]
