import { startConversation } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { type Locale, wordsOf } from './harness/words.ts'

const CUSTOMER = 'Amina Baloch'

for (const locale of ['en', 'ur'] as const satisfies readonly Locale[]) {
  test(`a colleague is named by keyboard, told at once, and finds the conversation under Mentions (${locale})`, async ({
    desk,
    openAs,
  }) => {
    const say = wordsOf(locale)
    const owner = await openAs(desk.owner, { locale })
    const conversationId = await startConversation(owner, { desk, customerName: CUSTOMER })
    const agent = await openAs(desk.agent, { locale })
    await agent.getByRole('link', { name: say('common.nav.chat'), exact: true }).click()
    await agent.getByRole('tab', { name: say('chat.list.mentions') }).click()
    await expect(agent.getByText(say('chat.empty.mentions'))).toBeVisible()

    await owner.goto(`/${desk.tenantKey}/chat/${conversationId}`)
    const composer = owner.getByRole('textbox', { name: say('chat.composer.label', { name: CUSTOMER }) })
    await composer.pressSequentially('@')
    await expect(owner.getByRole('option')).toHaveCount(0)
    await composer.fill('')
    await owner.getByRole('button', { name: say('chat.composer.note') }).click()
    await composer.pressSequentially(`@${desk.agent.name.slice(0, 3).toLowerCase()}`)
    await expect(owner.getByRole('option', { name: desk.agent.name })).toHaveAttribute(
      'aria-selected',
      'true',
    )
    await composer.press('Enter')
    await expect(composer).toHaveValue(`@${desk.agent.name} `)
    await composer.pressSequentially('please look')
    await composer.press('Enter')
    await expect(
      owner.getByRole('listitem').filter({ hasText: `@${desk.agent.name} please look` }),
    ).toBeVisible()

    await expect(
      agent.getByRole('dialog').filter({ hasText: say('notification.mention', { name: CUSTOMER }) }),
    ).toBeVisible()
    await agent.getByRole('link', { name: CUSTOMER }).click()
    await expect(agent.getByText(`@${desk.agent.name}`, { exact: true })).toBeVisible()
  })
}
