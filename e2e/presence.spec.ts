import { expectAccessible } from './harness/expect-accessible.ts'
import { Inbox } from './harness/inbox.ts'
import { startConversation } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { type Locale, wordsOf } from './harness/words.ts'

const CUSTOMER = 'Amina Baloch'

/** What a plural says of one. */
function ofOne(text: string): string {
  return /one \{([^{}]*)\}/.exec(text)?.[1] ?? text
}

for (const locale of ['en', 'ur'] as const satisfies readonly Locale[]) {
  test(`one sees who looks and who writes, in the thread and in the list, until they leave (${locale})`, async ({
    desk,
    openAs,
  }) => {
    const say = wordsOf(locale)
    const owner = await openAs(desk.owner, { locale })
    const conversationId = await startConversation(owner, { desk, customerName: CUSTOMER })
    const path = `/${desk.tenantKey}/chat/${conversationId}`
    await owner.goto(path)
    const agent = await openAs(desk.agent, { locale, path })
    const saying = (key: 'looking' | 'writing' | 'replying') =>
      ofOne(say(`chat.presence.${key}`, { names: desk.agent.name }))
    const face = owner.getByRole('img', { name: saying('looking') })
    await expect(face).toBeVisible()
    await expectAccessible(owner)

    const replying = owner.getByText(saying('replying')).first()
    const composer = new Inbox(agent, say).composer(CUSTOMER)
    await composer.pressSequentially('We are on it')
    await expect(replying).toBeVisible()
    await expect(new Inbox(owner, say).conversationWith(CUSTOMER)).toContainText(saying('writing'))
    await composer.press('Enter')
    await expect(owner.getByText('We are on it').first()).toBeVisible()
    await expect(owner.getByText(saying('writing'))).toHaveCount(0)
    await agent.close()
    await expect(face).toHaveCount(0)
  })
}
