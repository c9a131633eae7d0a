// A process that migrates a fleet, for the benchmark that kills it in the middle.
import { openDatabase } from '../src/open-database.ts'
import type { ServerAddress } from '../src/server/address.ts'
import { TWO_MORE } from '../src/testing-schema.ts'

export interface MigrateOrder {
  server: ServerAddress
  name: string
  secret: string
}

/** After each tenant, and at the end. */
export interface MigrateNews {
  migrated: number
  failed: number
  isOver: boolean
}

process.once('message', (order: MigrateOrder) => void run(order))

async function run({ server, name, secret }: MigrateOrder): Promise<void> {
  const database = await openDatabase({
    server,
    name,
    secret,
    tenantSchema: TWO_MORE,
    migratesAtStart: false,
  })
  const news: MigrateNews = { migrated: 0, failed: 0, isOver: false }
  await database.migrateTenants({
    onEvent: ({ type }) => {
      if (type === 'migrated') news.migrated += 1
      if (type === 'failed') news.failed += 1
      process.send?.(news)
    },
  })
  await database.close()
  process.send?.({ ...news, isOver: true }, () => process.disconnect())
}
