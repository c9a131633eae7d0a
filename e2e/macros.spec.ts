import { call } from './harness/call.ts'
import { startConversation } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const CUSTOMER = 'Amina Baloch'
const say = wordsOf('en')

test('a macro is made in the settings, read before it is sent, done with the message, and undone', async ({
  desk,
  openAs,
}) => {
  const owner = await openAs(desk.owner, { path: `/${desk.tenantKey}/settings/macros` })
  await owner.getByRole('button', { name: say('macro.new') }).click()
  const dialog = owner.getByRole('dialog')
  await dialog.getByLabel(say('macro.name')).fill('Refund done')
  const save = dialog.getByRole('button', { name: say('macro.save') })
  await save.click()
  await expect(dialog.getByText(say('macro.actsMissing'))).toBeVisible()
  const add = dialog.getByRole('button', { name: say('macro.addAct') })
  await add.click()
  await dialog.getByLabel(say('macro.body')).fill('Your money is back, {{customer.name}}.')
  await add.click()
  const second = dialog.getByRole('group', { name: say('macro.actNumber', { number: '2' }) })
  await second.getByRole('combobox', { name: say('macro.what') }).click()
  await owner.getByRole('option', { name: say('macro.act.setStatus') }).click()
  await save.click()
  await expect(owner.getByText('Refund done')).toBeVisible()

  const conversationId = await startConversation(owner, { desk, customerName: CUSTOMER })
  const agent = await openAs(desk.agent, { path: `/${desk.tenantKey}/chat/${conversationId}` })
  const composer = agent.getByRole('textbox', { name: say('chat.composer.label', { name: CUSTOMER }) })
  await composer.pressSequentially('/refu')
  await expect(agent.getByRole('option', { name: /Refund done/ })).toHaveAttribute('aria-selected', 'true')
  await composer.press('Enter')
  await expect(composer).toHaveValue(`Your money is back, ${CUSTOMER}.`)
  await expect(agent.getByRole('group', { name: say('macro.goesWith') })).toContainText(
    say('macro.done.resolved'),
  )
  await composer.press('Enter')
  const messages = agent.getByRole('region', { name: say('chat.thread.messages') })
  await expect(messages.getByText('Your money is back')).toBeVisible()
  const reopen = agent.getByRole('button', { name: say('chat.action.reopen') })
  await expect(reopen).toBeVisible()
  await agent.getByRole('button', { name: say('common.action.undo') }).click()
  await expect(reopen).toHaveCount(0)
  await expect(messages.getByText('Your money is back')).toBeVisible()
})

test('a macro without a text is run by key, at once, in Urdu too', async ({ desk, openAs }) => {
  const owner = await openAs(desk.owner)
  const tell = wordsOf('ur')
  await call(owner, {
    api: `/t/${desk.tenantKey}/trpc`,
    procedure: 'macro.create',
    input: { name: 'فوری', acts: [{ kind: 'setPriority', priority: 'urgent' }, { kind: 'take' }] },
  })
  const conversationId = await startConversation(owner, { desk, customerName: CUSTOMER })
  const agent = await openAs(desk.agent, {
    path: `/${desk.tenantKey}/chat/${conversationId}`,
    locale: 'ur',
  })
  await agent.getByRole('heading', { name: CUSTOMER }).first().waitFor()
  await agent.keyboard.press('m')
  await agent.getByRole('menuitem', { name: 'فوری' }).click()
  await expect(
    agent.getByRole('button', {
      name: tell('chat.action.priorityIs', { priority: tell('chat.priority.urgent') }),
    }),
  ).toBeVisible()
  await expect(
    agent.getByRole('button', { name: tell('chat.action.assignee', { name: desk.agent.name }) }),
  ).toBeVisible()
})
