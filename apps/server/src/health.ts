import type { Database } from '@sarai/db'
import type { FastifyInstance } from 'fastify'

export interface HealthOptions {
  database: Pick<Database, 'readiness'>
  isStopping: () => boolean
}

/** Alive is not ready: a process that waits for its database must be left alone, and sent no one. */
export function addHealthRoutes(app: FastifyInstance, { database, isStopping }: HealthOptions): void {
  app.get('/healthz', async () => ({ status: 'alive' }))

  app.get('/readyz', async (_request, reply) => {
    reply.header('cache-control', 'no-store')
    if (isStopping())
      return reply.code(503).send({ status: 'not ready', missing: ['the server is stopping'] })
    const { ready, missing } = await database.readiness()
    return ready ? { status: 'ready' } : reply.code(503).send({ status: 'not ready', missing })
  })
}
