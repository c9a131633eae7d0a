import { readInstallation } from './harness/installation.ts'
import { readKept } from './harness/kept-words.ts'
import { Inbox } from './harness/inbox.ts'
import { startConversation } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { openWire } from './harness/wire.ts'
import { wordsOf } from './harness/words.ts'

const CUSTOMER = 'Hannah Fischer'
const say = wordsOf('en')

test('who signs out is asked about what is not sent, and leaves none of it behind', async ({
  desk,
  openAs,
}) => {
  const page = await openAs(desk.agent)
  const conversationId = await startConversation(page, { desk, customerName: CUSTOMER })
  await page.goto(`/${desk.tenantKey}/chat/${conversationId}`)
  const secondTab = await page.context().newPage()
  await secondTab.goto(`/${desk.tenantKey}/customers`)
  await expect(secondTab.getByRole('heading', { name: say('customer.title') })).toBeVisible()
  const composer = new Inbox(page, say).composer(CUSTOMER)
  await composer.fill('half a sentence about a customer')
  const question = page.getByRole('dialog', { name: /has not been sent/ })

  await test.step('staying keeps the draft', async () => {
    await page.getByRole('button', { name: new RegExp(desk.agent.name) }).click()
    await page.getByRole('menuitem', { name: say('common.action.signOut') }).click()
    await expect(question).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(question).toHaveCount(0)
    await expect(composer).toHaveValue('half a sentence about a customer')
    await expect.poll(() => readKept(page)).toContain('half a sentence')
  })

  await test.step('leaving, from the command bar, removes it', async () => {
    await page.keyboard.press('Control+k')
    await page.getByRole('combobox', { name: say('common.command.title') }).fill('sign out')
    await page.keyboard.press('Enter')
    await question.getByRole('button', { name: say('common.unsent.leave') }).click()
    await expect(page).toHaveURL(/\/sign-in/)
    expect(await readKept(page)).not.toContain('half a sentence')
  })

  await test.step('the other tab does not go on without a session', async () => {
    await expect(secondTab).toHaveURL(/\/sign-in/)
  })
})

test('nothing that one person wrote is sent in the name of the next', async ({ desk, openAs }) => {
  await using wire = await openWire(readInstallation().baseUrl)
  const page = await openAs(desk.agent, { baseUrl: wire.baseUrl })
  const conversationId = await startConversation(page, { desk, customerName: CUSTOMER })
  const path = `/${desk.tenantKey}/chat/${conversationId}`
  await page.goto(path)
  const inbox = new Inbox(page, say)
  await expect(inbox.composer(CUSTOMER)).toBeVisible()
  wire.cut()
  await inbox.send(CUSTOMER, 'written by the agent')
  // The session ends while the message waits, and somebody else signs in on the same page.
  await page.context().clearCookies()
  wire.mend()
  await expect(page).toHaveURL(/\/sign-in/)
  await page.getByLabel(say('auth.email')).fill(desk.owner.email)
  await page.getByRole('textbox', { name: say('auth.password') }).fill(desk.owner.password)
  await page.keyboard.press('Enter')
  await expect(inbox.composer(CUSTOMER)).toBeVisible()
  await inbox.send(CUSTOMER, 'written by the owner')
  await inbox.expectMessages(['written by the owner'])
})
