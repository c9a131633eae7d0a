import { type Connection, createConnection, type RowDataPacket } from 'mysql2/promise'
import type { Account } from '../src/pool/types.ts'
import type { ServerAddress } from '../src/server/address.ts'

/** The one connection of a test that is not the pool's. */
export const ONLOOKERS = 1

/** For tests: asks the server itself what the pool has there, over a single connection of an administrator's. */
export class Onlooker implements AsyncDisposable {
  readonly #connection: Connection

  private constructor(connection: Connection) {
    this.#connection = connection
  }

  static async open({ host, port, user, password }: ServerAddress): Promise<Onlooker> {
    const connection = await createConnection({ host, port, user, password, multipleStatements: true })
    // Its server is killed in some tests; what is asked of it afterwards fails by itself.
    connection.on('error', () => undefined)
    return new Onlooker(connection)
  }

  async query(statement: string, values: readonly unknown[] = []): Promise<RowDataPacket[]> {
    const [rows] = await this.#connection.query<RowDataPacket[]>(statement, [...values])
    return rows
  }

  /** The server's own list of the accounts' threads. */
  async threadsOf(accounts: readonly Account[]): Promise<{ id: number; user: string; statement: string }[]> {
    const rows = await this.query(
      "select id, user, coalesce(info, '') as statement from information_schema.processlist where user in (?)",
      [accounts.map((account) => account.user)],
    )
    return rows.map((row) => ({
      id: Number(row['id']),
      user: String(row['user']),
      statement: String(row['statement']),
    }))
  }

  /** A thread that has gone meanwhile was not there to be killed. */
  async kill(thread: number): Promise<void> {
    await this.query(`kill ${thread}`).catch(() => undefined)
  }

  /** Without the onlooker itself. */
  async threadsMost(): Promise<number> {
    const [row] = await this.query("show global status like 'Max_used_connections'")
    return Number(row?.['Value']) - ONLOOKERS
  }

  async forgetThreadsMost(): Promise<void> {
    await this.query('flush status')
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#connection.destroy()
  }
}

/** Asks until it is so; the test's own time limit is the bound. */
export async function eventually(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, 10))
}
