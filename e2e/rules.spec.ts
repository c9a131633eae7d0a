import { hearCustomer } from './harness/hear-customer.ts'
import { startConversation } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const CUSTOMER = 'Amina Baloch'
const say = wordsOf('en')

test('a rule is made and tried in the settings, does its work when a customer writes, and says so in the thread and the log', async ({
  desk,
  database,
  openAs,
}) => {
  const owner = await openAs(desk.owner, { path: `/${desk.tenantKey}/settings/rules` })
  const conversationId = await startConversation(owner, { desk, customerName: CUSTOMER })
  await owner.getByRole('button', { name: say('rule.new') }).click()
  const dialog = owner.getByRole('dialog')
  await dialog.getByLabel(say('macro.name')).fill('Refunds first')
  await dialog.getByRole('button', { name: say('rule.addCondition') }).click()
  await dialog.getByLabel(say('rule.words')).fill('refund, رقم واپس')
  await dialog.getByRole('button', { name: say('rule.try') }).click()
  await expect(dialog.getByRole('status')).toContainText('1 conversation')
  await dialog.getByRole('button', { name: say('macro.addAct') }).click()
  await dialog.getByLabel(say('macro.body')).fill('We look into it, {{customer.name}}.')
  await dialog.getByRole('button', { name: say('macro.addAct') }).click()
  const second = dialog.getByRole('group', { name: say('macro.actNumber', { number: '2' }) })
  await second.getByRole('combobox', { name: say('macro.what') }).click()
  await owner.getByRole('option', { name: say('macro.act.setPriority') }).click()
  await dialog.getByRole('button', { name: say('macro.save') }).click()
  await expect(
    owner.getByRole('checkbox', { name: say('rule.isOnOf', { name: 'Refunds first' }) }),
  ).toBeChecked()

  const agent = await openAs(desk.agent, { path: `/${desk.tenantKey}/chat/${conversationId}` })
  const messages = agent.getByRole('region', { name: say('chat.thread.messages') })
  await hearCustomer(database, { desk, conversationId, body: 'میری رقم واپس کریں' })
  await expect(messages.getByText(`We look into it, ${CUSTOMER}.`)).toBeVisible()
  await expect(messages.getByText(say('chat.thread.byRule', { name: 'Refunds first' }))).toBeVisible()
  await expect(
    messages.getByText(say('macro.done.setPriority', { priority: say('chat.priority.high') })),
  ).toBeVisible()
  await expect(
    agent.getByRole('button', {
      name: say('chat.action.priorityIs', { priority: say('chat.priority.high') }),
    }),
  ).toBeVisible()
  await expect(owner.getByRole('listitem').filter({ hasText: CUSTOMER })).toContainText('Refunds first')
  await owner.getByRole('link', { name: CUSTOMER }).click()
  await expect(owner).toHaveURL(new RegExp(`/chat/${conversationId}`))
})
