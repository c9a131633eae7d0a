import { randomBytes } from 'node:crypto'
import type { Generated } from 'kysely'
import { createConnection } from 'mysql2/promise'
import type { Account } from '../src/pool/types.ts'
import type { ServerAddress } from '../src/server/address.ts'

/** What every tenant of these tests has. */
export interface FaultTables {
  /** One row, which names the tenant: whoever sees another one is in a foreign database. */
  canary: { token: string }
  /** `author` is who the server says that the session belongs to. `op` is unique to each call and has no unique key. */
  notes: { id: Generated<number>; op: string; author: string }
}

const BATCH = 50

/** Databases and accounts, many at once: one round trip for fifty tenants. */
export async function createTenants(server: ServerAddress, count: number): Promise<Account[]> {
  const run = randomBytes(3).toString('hex')
  const names = Array.from({ length: count }, (_, at) => `f${run}_${at}`)
  const { host, port, user, password } = server
  const admin = await createConnection({ host, port, user, password, multipleStatements: true })
  try {
    for (let at = 0; at < count; at += BATCH) {
      await admin.query(
        names
          .slice(at, at + BATCH)
          .map(statements)
          .join(';'),
      )
    }
  } finally {
    await admin.end()
  }
  return names.map((name) => ({
    id: name,
    label: name,
    user: name,
    database: name,
    password: () => passwordOf(name),
  }))
}

function statements(name: string): string {
  return [
    `create database ${name}`,
    `create table ${name}.canary (token varchar(40) not null)`,
    `insert into ${name}.canary values ('${name}')`,
    `create table ${name}.notes (id int primary key auto_increment, op varchar(60), author varchar(80))`,
    `create user ${name}@'%' identified by '${passwordOf(name)}'`,
    // In a grant the database is a pattern: an unescaped _ would let in f1_1 for f1x1.
    `grant all on \`${name.replace('_', '\\_')}\`.* to ${name}@'%'`,
  ].join(';')
}

function passwordOf(name: string): string {
  return `secret of ${name}`
}
