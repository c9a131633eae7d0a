import { createDesk } from './harness/desk.ts'
import { startConversation } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const say = wordsOf('en')

test('another workspace looks like one that does not exist', async ({ database, desk, openAs }) => {
  const other = await createDesk(database)
  try {
    const page = await openAs(desk.owner)
    for (const key of [other.tenantKey, 'never-made']) {
      await page.goto(`/${key}/dashboard`)
      await expect(page.getByRole('heading', { name: say('common.page.noWorkspace') })).toBeVisible()
    }
  } finally {
    await database.dropTenant(other.tenantKey)
  }
})

test('two workspaces side by side see only their own', async ({ database, desk, openAs }) => {
  const other = await createDesk(database)
  try {
    const here = await openAs(desk.agent)
    const there = await openAs(other.agent, { tenantKey: other.tenantKey })
    await here.goto(`/${desk.tenantKey}/chat`)
    await there.goto(`/${other.tenantKey}/chat`)
    await here.getByRole('tab', { name: say('chat.list.all') }).click()
    await there.getByRole('tab', { name: say('chat.list.all') }).click()
    const conversationId = await startConversation(here, { desk, customerName: 'Only Here' })
    await startConversation(there, { desk: other, customerName: 'Only There' })

    await expect(here.getByRole('link', { name: 'Only Here' })).toBeVisible()
    await expect(there.getByRole('link', { name: 'Only There' })).toBeVisible()
    await expect(here.getByRole('link', { name: 'Only There' })).toHaveCount(0)
    await expect(there.getByRole('link', { name: 'Only Here' })).toHaveCount(0)
    await there.goto(`/${other.tenantKey}/chat/${conversationId}`)
    await expect(there.getByText(say('chat.empty.notFound'))).toBeVisible()
  } finally {
    await database.dropTenant(other.tenantKey)
  }
})
