// A process that tests kill: it makes tenants and stops each for ever where it is told to.
import { openDatabase } from '../open-database.ts'
import type { ServerAddress } from '../server/address.ts'
import { SMALL_SCHEMA } from '../testing-schema.ts'
import { testSteps } from './testing-steps.ts'

export interface HalfMakingOrder {
  server: ServerAddress
  name: string
  secret: string
  /** Each with the step before which it stops. */
  tenants: { tenantKey: string; stopsBefore: string }[]
}

process.once('message', (order: HalfMakingOrder) => void makeHalf(order))

async function makeHalf({ server, name, secret, tenants }: HalfMakingOrder): Promise<void> {
  const database = await openDatabase({ server, name, secret, tenantSchema: SMALL_SCHEMA })
  for (const { tenantKey, stopsBefore } of tenants) {
    const stopped = Promise.withResolvers<void>()
    const input = { tenantKey, name: tenantKey, details: { email: `${tenantKey}@example.test` } }
    const never = new Promise<void>(() => undefined)
    const making = database.createTenant(input, {
      steps: testSteps(),
      onStep: ({ name: step, state }) => {
        if (step !== stopsBefore || state !== 'running') return undefined
        stopped.resolve()
        return never
      },
    })
    await Promise.race([stopped.promise, making])
  }
  process.send?.('stopped')
}
