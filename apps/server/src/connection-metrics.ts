import type { ConnectionsReport } from '@sarai/db'
import { Counter, Gauge, type Registry } from 'prom-client'

/** What /metrics reads when it is asked. */
export interface MetricsSources {
  connections: () => ConnectionsReport
  streams: () => number
}

type Read = (report: ConnectionsReport) => number

const GAUGES: readonly [name: string, help: string, read: Read][] = [
  ['sarai_connections_budget', 'Connections this process may hold now.', ({ pool }) => pool.budget.limit],
  ['sarai_connections_max', 'Connections this process may hold at most.', ({ pool }) => pool.budget.max],
  [
    'sarai_connections_in_use',
    'Connections that count against the budget, in whatever state.',
    ({ pool }) => pool.budget.inUse,
  ],
  ['sarai_connection_waiters', 'Callers that wait for a connection.', ({ pool }) => pool.waiting],
  [
    'sarai_connection_waiting_tenants',
    'Tenants whose callers wait for a connection.',
    ({ waiting }) => waiting.length,
  ],
  [
    'sarai_connection_longest_wait_seconds',
    'How long the first in line has waited.',
    ({ waiting }) => Math.max(0, ...waiting.map(({ longestWaitMs }) => longestWaitMs)) / 1000,
  ],
  [
    'sarai_connection_longest_lease_seconds',
    'For how long the longest lease has been held.',
    ({ pool }) => (pool.leases[0]?.heldMs ?? 0) / 1000,
  ],
]

/** No label has a tenant in it: who holds what belongs to operator.connections. */
export function addConnectionMetrics(registry: Registry, { connections, streams }: MetricsSources): void {
  const registers = [registry]
  for (const [name, help, read] of GAUGES) {
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set(read(connections()))
      },
    })
  }
  new Gauge({
    name: 'sarai_connections',
    help: 'Connections of this process to the database server, by state.',
    labelNames: ['state'],
    registers,
    collect() {
      const { connecting, turning, idle, leased, closing } = connections().pool
      for (const [state, count] of Object.entries({ connecting, turning, idle, leased, closing })) {
        this.set({ state }, count)
      }
    },
  })
  new Gauge({
    name: 'sarai_streams',
    help: 'Open event streams.',
    registers,
    collect() {
      this.set(streams())
    },
  })
  addCounters(registry, connections)
}

/** Counted elsewhere; told anew each time. */
function addCounters(registry: Registry, connections: MetricsSources['connections']): void {
  const registers = [registry]
  new Counter({
    name: 'sarai_connection_events_total',
    help: 'What the connection layer did, by kind.',
    labelNames: ['event'],
    registers,
    collect() {
      this.reset()
      for (const [event, count] of Object.entries(connections().pool.counters)) this.inc({ event }, count)
    },
  })
  new Counter({
    name: 'sarai_connection_leaks_total',
    help: 'Leases held too long: reported (long) or taken back (reclaimed).',
    labelNames: ['kind'],
    registers,
    collect() {
      this.reset()
      for (const [kind, count] of Object.entries(connections().leakCounts)) this.inc({ kind }, count)
    },
  })
  new Counter({
    name: 'sarai_connection_seconds_total',
    help: 'Connections times the seconds they were held, all tenants together.',
    registers,
    collect() {
      this.reset()
      this.inc(connections().connectionSeconds)
    },
  })
}
