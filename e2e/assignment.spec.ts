import { hearCustomer } from './harness/hear-customer.ts'
import { startConversation } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const CUSTOMER = 'Amina Baloch'
const say = wordsOf('en')

test('what a customer writes is nobody’s until handing out is switched on; then it comes to who takes part', async ({
  database,
  desk,
  openAs,
}) => {
  const owner = await openAs(desk.owner, { path: `/${desk.tenantKey}/settings/assignment` })
  const conversationId = await startConversation(owner, { desk, customerName: CUSTOMER })
  await hearCustomer(database, { desk, conversationId, body: 'Is anybody there?' })
  const agent = await openAs(desk.agent, { path: `/${desk.tenantKey}/chat?box=mine` })
  await expect(agent.getByText(say('chat.empty.mine'))).toBeVisible()

  await owner.getByRole('checkbox', { name: say('assignment.isOn') }).check()
  await owner.getByRole('checkbox', { name: desk.agent.name }).check()
  const capacity = owner.getByRole('spinbutton', {
    name: say('assignment.capacityOf', { name: desk.agent.name }),
  })
  await capacity.fill('0')
  await expect(capacity).toHaveAttribute('aria-invalid', 'true')
  await capacity.fill('5')
  await owner.getByRole('button', { name: say('assignment.save') }).click()
  await expect(owner.getByText(say('assignment.saved'))).toBeVisible()
  await expect(agent.getByRole('link', { name: CUSTOMER })).toBeVisible()
})
