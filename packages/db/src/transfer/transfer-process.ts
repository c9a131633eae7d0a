/** Copies a tenant, stays in the middle of it and says so: a test kills it there. */
import { once } from 'node:events'
import { openDatabase } from '../open-database.ts'
import type { ServerAddress } from '../server/address.ts'
import { detailsOf } from './sweep-transfers.ts'

export interface TransferOrder {
  server: ServerAddress
  name: string
  secret: string
  fromKey: string
  intoKey: string
}

const [order] = (await once(process, 'message')) as [TransferOrder]
const { server, name, secret, fromKey, intoKey } = order
const database = await openDatabase({ server, name, secret, migratesAtStart: false })
const requester = { id: null, name: 'a process' }
await database.transfers.begin(
  { kind: 'clone', fromKey, intoKey, requester },
  ({ id, signal, tell }) =>
    database.cloneTenant({
      tenantKey: fromKey,
      cloneKey: intoKey,
      details: detailsOf(id),
      signal,
      onProgress: async (progress) => {
        await tell(progress)
        if (progress.step !== 'filling') return
        process.send?.(id)
        await new Promise<never>(() => undefined)
      },
    }),
  (error) => ({ code: 'TEST', message: String(error) }),
)
