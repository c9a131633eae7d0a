import { DomainError } from '@sarai/api'
import type { FastifyInstance } from 'fastify'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import { hasInternalToken, isDirectLoopback } from './caller.ts'
import { addConnectionMetrics, type MetricsSources } from './connection-metrics.ts'

export interface Metrics {
  readonly registry: Registry
  observeRequest(request: { method: string; route: string; status: number; seconds: number }): void
  /** Somebody queued for a connection: how long, and how it ended. */
  observeWait(waitedMs: number, outcome: string): void
  /** From now on the connection layer's state is in the answer. */
  watch(sources: MetricsSources): void
}

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]

/** No label has a tenant, a person or a path in it: the number of series does not grow with the installation. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const requests = new Histogram({
    name: 'sarai_http_request_duration_seconds',
    help: 'From the first byte of a request to the last of its answer, by route pattern.',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  })
  const waits = new Histogram({
    name: 'sarai_connection_wait_seconds',
    help: 'How long callers queued for a connection, by how it ended. Those served at once are not in it.',
    labelNames: ['outcome'],
    buckets: SECONDS,
    registers: [registry],
  })
  return {
    registry,
    observeWait: (waitedMs, outcome) => waits.observe({ outcome }, waitedMs / 1000),
    watch: (sources) => addConnectionMetrics(registry, sources),
    observeRequest: ({ method, route, status, seconds }) =>
      requests.observe({ method, route, status: `${Math.floor(status / 100)}xx` }, seconds),
  }
}

/** For a scraper on this machine, or one that knows the internal token. */
export function addMetricsRoute(
  app: FastifyInstance,
  { metrics, internalToken }: { metrics: Metrics; internalToken: string | undefined },
): void {
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'none'
    metrics.observeRequest({
      method: request.method,
      route,
      status: reply.statusCode,
      seconds: reply.elapsedTime / 1000,
    })
  })
  app.get('/metrics', async (request, reply) => {
    const isAllowed =
      isDirectLoopback(request) || (internalToken !== undefined && hasInternalToken(request, internalToken))
    if (!isAllowed)
      throw new DomainError('FORBIDDEN', 'Only this machine, or a caller with the internal token, may ask.')
    reply.header('cache-control', 'no-store').type(metrics.registry.contentType)
    return metrics.registry.metrics()
  })
}
