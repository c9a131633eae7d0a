// A process that tests kill in the middle of a rollout.
import { openDatabase } from '../open-database.ts'
import type { ServerAddress } from '../server/address.ts'
import { TWO_MORE } from '../testing-schema.ts'

export interface RolloutOrder {
  server: ServerAddress
  name: string
  secret: string
  /** It says so and goes on until it is killed. */
  tellsAfter: number
}

process.once('message', (order: RolloutOrder) => void run(order))

async function run({ server, name, secret, tellsAfter }: RolloutOrder): Promise<void> {
  const database = await openDatabase({
    server,
    name,
    secret,
    tenantSchema: TWO_MORE,
    migratesAtStart: false,
  })
  let migrated = 0
  await database.migrateTenants({
    onEvent: ({ type }) => {
      if (type === 'migrated' && ++migrated === tellsAfter) process.send?.('in the middle')
    },
  })
  process.send?.('done')
}
