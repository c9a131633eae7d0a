/** For tests: one process of a fleet, under load until it is killed. */
import { once } from 'node:events'
import { openDatabase } from '../open-database.ts'
import type { ServerAddress } from '../server/address.ts'

export interface FleetPlan {
  server: ServerAddress
  name: string
  secret: string
  tenants: string[]
}

const CALLERS = 20

const [message] = await once(process, 'message')
if (!isPlan(message)) throw new TypeError('this program is started by a test')
await serve(message)

async function serve({ tenants, ...plan }: FleetPlan): Promise<void> {
  const database = await openDatabase(plan)
  const ask = (at: number) =>
    database.withTenant(tenants[at % tenants.length] ?? '', (db) =>
      db.selectFrom('tags').selectAll().execute(),
    )
  const callers = Array.from({ length: CALLERS }, async (_, at) => {
    for (;;) await ask(at)
  })
  process.send?.('serving')
  await Promise.all(callers)
}

function isPlan(value: unknown): value is FleetPlan {
  return typeof value === 'object' && value !== null && 'server' in value && 'tenants' in value
}
