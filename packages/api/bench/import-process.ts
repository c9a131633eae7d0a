// A process that works on the jobs of one tenant until there are none, for the check that kills it in the middle.
import { setTimeout as sleep } from 'node:timers/promises'
import { openDatabase, type ServerAddress } from '@sarai/db'
import { createJobRunner } from '../src/job/job-runner.ts'
import { JOB_KINDS } from '../src/job/kinds.ts'

export interface WorkOrder {
  server: ServerAddress
  name: string
  secret: string
  tenantKey: string
}

/** A job that was left behind is free when its lease has ended. */
const LOOK_EVERY_MS = 500

process.once('message', (order: WorkOrder) => void run(order))

async function run({ server, name, secret, tenantKey }: WorkOrder): Promise<void> {
  const database = await openDatabase({ server, name, secret, migratesAtStart: false })
  const tenant = await database.getTenant(tenantKey)
  const say = (fields: object, message: string) => console.error(message, fields)
  const log = { warn: say, error: say }
  const jobs = createJobRunner({ database, changes: { wake: () => undefined }, log, kinds: JOB_KINDS })
  while (await hasOpen()) {
    jobs.wake(tenant)
    await jobs.idle()
    await sleep(LOOK_EVERY_MS)
  }
  await jobs.close()
  await database.close()
  process.disconnect()

  async function hasOpen(): Promise<boolean> {
    const open = await database.withTenant(tenantKey, (db) =>
      db.selectFrom('jobs').select('id').where('state', 'in', ['queued', 'running']).executeTakeFirst(),
    )
    return open !== undefined
  }
}
