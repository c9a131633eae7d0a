import { enterConnectPerRequest } from './connect-per-request.ts'
import type { Row } from './contestant.ts'
import { enterEvictingPools } from './evicting-pools.ts'
import { enterOnePool } from './one-pool.ts'
import { enterOurs } from './ours.ts'
import { enterPlainPools } from './plain-pools.ts'
import { enterRecencyPools } from './recency-pools.ts'

export const CEILING = 'one pool, one user (ceiling)'
export const OURS = 'Sarai'
/** What peers do. */
export const BY_RECENCY = 'pools, evicted by recency alone'
/** The same, done as well as it can be. */
const EVICTING = 'pools, least recent idle evicted'

export const ROWS: readonly Row[] = [
  { name: 'plain pools, pool.query', enter: (setting) => enterPlainPools(setting, 'pool.query') },
  { name: 'plain pools, explicit release', enter: (setting) => enterPlainPools(setting, 'explicit') },
  { name: BY_RECENCY, enter: enterRecencyPools },
  { name: EVICTING, enter: enterEvictingPools },
  { name: 'connect per request', enter: enterConnectPerRequest },
  { name: OURS, enter: enterOurs },
  { name: CEILING, enter: enterOnePool },
]
