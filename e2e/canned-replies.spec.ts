import { Inbox } from './harness/inbox.ts'
import { startConversation } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const CUSTOMER = 'Amina Baloch'
const say = wordsOf('en')

test('a canned reply is written once, taken by keyboard with names filled in, and not sent with a gap', async ({
  desk,
  openAs,
}) => {
  const owner = await openAs(desk.owner, { path: `/${desk.tenantKey}/settings/replies` })
  await owner.getByRole('button', { name: say('chat.canned.new') }).click()
  const dialog = owner.getByRole('dialog')
  await dialog.getByLabel(say('chat.canned.shortcut')).fill('two words')
  await dialog.getByLabel(say('chat.canned.body')).fill('Dear ')
  await dialog.getByRole('button', { name: say('chat.canned.variable.customerName') }).click()
  await dialog.getByRole('button', { name: say('chat.canned.variable.customerCompany') }).click()
  await dialog.getByRole('checkbox', { name: say('chat.canned.isTeams') }).check()
  await dialog.getByRole('button', { name: say('chat.canned.save') }).click()
  await expect(dialog.getByText(say('chat.canned.shortcutInvalid'))).toBeVisible()
  await dialog.getByLabel(say('chat.canned.shortcut')).fill('dear')
  await dialog.getByRole('button', { name: say('chat.canned.save') }).click()
  await expect(owner.getByText('/dear')).toBeVisible()

  const conversationId = await startConversation(owner, { desk, customerName: CUSTOMER })
  const agent = await openAs(desk.agent, { path: `/${desk.tenantKey}/chat/${conversationId}` })
  const composer = agent.getByRole('textbox', { name: say('chat.composer.label', { name: CUSTOMER }) })
  await composer.pressSequentially('/de')
  await expect(agent.getByRole('option', { name: '/dear' })).toHaveAttribute('aria-selected', 'true')
  await composer.press('Tab')
  await expect(composer).toHaveValue(`Dear ${CUSTOMER}{{customer.company}}`)
  await composer.press('Enter')
  await expect(
    agent.getByText(say('chat.composer.unfilled', { places: '{{customer.company}}' })),
  ).toBeVisible()
  await composer.fill(`Dear ${CUSTOMER}, thank you`)
  await composer.press('Enter')
  await new Inbox(agent, say).expectMessages([`Dear ${CUSTOMER}, thank you`])
})
