import { openDatabase } from '@sarai/db'
import { startTestServer, type TestServer } from '@sarai/db/testing'
import { setTimeout as sleep } from 'node:timers/promises'
import { createDesk } from './harness/desk.ts'
import { Inbox } from './harness/inbox.ts'
import { readInstallation } from './harness/installation.ts'
import { toUrl } from './harness/start-installation.ts'
import { startConversation } from './harness/start-conversation.ts'
import { startServer } from './harness/start-server.ts'
import { expect, test } from './harness/test.ts'
import { openWire, type Wire } from './harness/wire.ts'
import { wordsOf } from './harness/words.ts'

const AWAY_MS = 10_000
const CUSTOMER = 'Hannah Fischer'
const OTHER_CUSTOMER = 'Imran Qureshi'
const say = wordsOf('en')

/** Over at the latest when the test is: a server that stands still could not be stopped. */
interface Outage extends Disposable {
  begin(): void
  end(): void
}

function makeOutage(begin: () => void, end: () => void): Outage {
  return { begin, end, [Symbol.dispose]: end }
}

/** What happens to a database server: it dies and nobody listens, or it stands still and says nothing. */
const OUTAGES: Record<string, (parts: { mariadb: TestServer; wire: Wire }) => Outage> = {
  'refuses everybody': ({ wire }) => makeOutage(wire.cut, wire.mend),
  'stands still': ({ mariadb: { pid } }) =>
    makeOutage(
      () => process.kill(pid, 'SIGSTOP'),
      () => process.kill(pid, 'SIGCONT'),
    ),
}

for (const [name, plan] of Object.entries(OUTAGES)) {
  test(`the database ${name} for ten seconds while an agent works: nothing lost, nothing doubled, no alarm`, async ({
    openAs,
  }) => {
    test.slow()
    await using installation = await startOwnInstallation()
    const { desk, baseUrl } = installation
    using outage = plan(installation)
    const page = await openAs(desk.agent, { baseUrl, tenantKey: desk.tenantKey })
    const ownerPage = await openAs(desk.owner, { baseUrl, tenantKey: desk.tenantKey })
    const conversationId = await startConversation(ownerPage, { desk, customerName: CUSTOMER })
    await startConversation(ownerPage, { desk, customerName: OTHER_CUSTOMER })
    await page.goto(`/${desk.tenantKey}/chat/${conversationId}`)
    await ownerPage.goto(`/${desk.tenantKey}/chat/${conversationId}`)
    const agent = new Inbox(page, say)
    const owner = new Inbox(ownerPage, say)
    await agent.send(CUSTOMER, 'before the outage')
    await owner.expectMessages(['before the outage'])

    outage.begin()
    const away = sleep(AWAY_MS)
    await agent.send(CUSTOMER, 'written while it was away, 1')
    await agent.send(CUSTOMER, 'written while it was away, 2')
    await agent.composer(CUSTOMER).fill('half a thought')
    await expect(page.getByRole('status').getByText(say('common.connection.unavailable'))).toBeVisible()
    await page.getByRole('link', { name: say('common.nav.customers'), exact: true }).click()
    await expect(page.getByRole('heading', { name: say('customer.title') })).toBeVisible()
    await expect(page.getByRole('alert')).toHaveCount(0)
    await away
    outage.end()

    await expect(page.getByRole('link', { name: OTHER_CUSTOMER })).toBeVisible({ timeout: 60_000 })
    await expect(page.getByText(say('common.connection.unavailable'))).toBeHidden({ timeout: 60_000 })
    await page.goto(`/${desk.tenantKey}/chat/${conversationId}`)
    const everything = ['before the outage', 'written while it was away, 1', 'written while it was away, 2']
    await agent.expectMessages(everything)
    await owner.expectMessages(everything)
    await expect(agent.composer(CUSTOMER)).toHaveValue('half a thought')
    expect(await installation.readBodies()).toEqual(everything)
    await expect(page.getByRole('alert')).toHaveCount(0)
  })
}

/** A database server and a Sarai of this test's own: nobody else's test must lose its database. */
async function startOwnInstallation() {
  await using parts = new AsyncDisposableStack()
  const { secret } = readInstallation()
  const mariadb = parts.use(await startTestServer({ maxConnections: 40 }))
  const wire = parts.use(await openWire(`http://${mariadb.admin.host}:${mariadb.admin.port}`))
  const databaseUrl = toUrl({ ...mariadb.admin, port: Number(new URL(wire.baseUrl).port) })
  const server = parts.adopt(await startServer({ databaseUrl, secret }), ({ stop }) => stop())
  const database = parts.adopt(
    await openDatabase({ server: databaseUrl, secret, pool: { connectionsMax: 4 } }),
    (opened) => opened.close({ graceMs: 0 }),
  )
  const desk = await createDesk(database)
  const kept = parts.move()
  return {
    mariadb,
    wire,
    desk,
    baseUrl: server.baseUrl,
    readBodies: () =>
      database.withTenant(desk.tenantKey, async (db) => {
        const rows = await db.selectFrom('messages').select('body').orderBy('seq').execute()
        return rows.map(({ body }) => body)
      }),
    [Symbol.asyncDispose]: () => kept.disposeAsync(),
  }
}
