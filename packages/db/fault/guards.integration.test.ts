import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Account } from '../src/pool/types.ts'
import { failureOf, startTestServer, type TestServer } from '../src/testing.ts'
import { openFaultPool } from './fault-pool.ts'
import { FaultProxy } from './fault-proxy.ts'
import { Onlooker } from './onlooker.ts'
import { createTenants } from './tenants.ts'
import { COMMAND, forgedError, judgeCommands } from './wire.ts'

const WRONG_VALUE = forgedError(1231, 'sql_mode cannot be set to SESSION_OF_SOMEBODY_ELSE')

let server: TestServer
let onlooker: Onlooker
let accounts: Account[]

beforeAll(async () => {
  server = await startTestServer({ maxConnections: 40 })
  onlooker = await Onlooker.open(server.admin)
  accounts = await createTenants(server.admin, 2)
})

afterAll(async () => {
  await onlooker[Symbol.asyncDispose]()
  await server[Symbol.asyncDispose]()
})

test("a session that is somebody else's from the start is given to nobody", async () => {
  await using proxy = await FaultProxy.open(server.admin)
  proxy.makeJudge = () =>
    judgeCommands((command, payload) => {
      const isProof = command === COMMAND.query && payload.includes('SESSION_OF_SOMEBODY_ELSE')
      return isProof ? { answer: WRONG_VALUE } : undefined
    })
  await using real = openFaultPool(proxy.endpoint)
  const error = await failureOf(real.use(accountAt(0), (db) => db.selectFrom('canary').selectAll().execute()))
  expect(error).toMatchObject({ code: 'TENANT_UNREACHABLE', tenant: accountAt(0).label })
})

test('an account without a password does not get in with the one that the connection had before', async () => {
  const [first, second] = [accountAt(0), accountAt(1)]
  await onlooker.query(`set password for ${second.user}@'%' = password(?)`, [first.password()])
  await using real = openFaultPool(server.admin, { connectionsMax: 2 })
  const look = (account: Account) => real.use(account, (db) => db.selectFrom('canary').selectAll().execute())
  expect(await look(first)).toEqual([{ token: first.database }])
  const error = await failureOf(look({ ...second, password: () => '' }))
  expect(error).toMatchObject({ code: 'TENANT_UNREACHABLE', tenant: second.label })
})

function accountAt(index: number): Account {
  const account = accounts[index]
  if (!account) throw new Error('no account')
  return account
}
