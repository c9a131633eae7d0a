import { createConnection } from 'mysql2/promise'
import { loginOf } from '../bench-server.ts'
import type { Contestant, Setting } from './contestant.ts'

/** No pool at all: nothing is kept, nothing is bounded. */
export function enterConnectPerRequest({ server, statement }: Setting): Contestant {
  return {
    async ask(tenant) {
      const connection = await createConnection(loginOf(server, tenant))
      try {
        await connection.query(statement)
      } finally {
        await connection.end()
      }
    },
    handoffs: 0,
    [Symbol.asyncDispose]: () => Promise.resolve(),
  }
}
