import { startConversation } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const NAMES = ['Amina Baloch', 'Bilal Ahmed', 'Sana Tariq', 'Emma Clarke'] as const
const say = wordsOf('en')

test('several conversations are chosen by key and by mouse, assigned and resolved at once, and given back by one undo', async ({
  desk,
  openAs,
}) => {
  const owner = await openAs(desk.owner)
  for (const customerName of NAMES) await startConversation(owner, { desk, customerName })
  await owner.goto(`/${desk.tenantKey}/chat`)
  const agent = await openAs(desk.agent, { path: `/${desk.tenantKey}/chat?box=mine` })
  await expect(agent.getByText(say('chat.empty.mine'))).toBeVisible()
  const box = (name: string) => owner.getByRole('checkbox', { name: say('chat.many.choose', { name }) })

  await owner.keyboard.press('j')
  await owner.getByRole('heading', { name: 'Emma Clarke' }).first().waitFor()
  await owner.keyboard.press('x')
  await expect(box('Emma Clarke')).toBeChecked()
  await box('Bilal Ahmed').click({ modifiers: ['Shift'] })
  const bar = owner.getByRole('toolbar', { name: say('chat.many.label') })
  await expect(bar.getByText('3 chosen')).toBeVisible()
  await expect(box('Amina Baloch')).not.toBeChecked()

  await owner.keyboard.press('a')
  await owner.getByRole('menuitemradio', { name: desk.agent.name }).click()
  await expect(agent.getByRole('link', { name: /Emma|Sana|Bilal/ })).toHaveCount(3)

  await owner.keyboard.press('e')
  await expect(owner.getByText('3 conversations resolved')).toBeVisible()
  await expect(agent.getByText(say('chat.empty.mine'))).toBeVisible()
  await owner.getByRole('button', { name: say('common.action.undo') }).click()
  await expect(agent.getByRole('link', { name: /Emma|Sana|Bilal/ })).toHaveCount(3)
  await owner.keyboard.press('Escape')
  await expect(bar).toHaveCount(0)
})
