import { Inbox } from './harness/inbox.ts'
import { expect, test } from './harness/test.ts'
import { type Locale, wordsOf } from './harness/words.ts'

interface Story {
  locale: Locale
  customer: string
  email: string
  lines: readonly [string, string, string, string]
}

const STORIES: readonly Story[] = [
  {
    locale: 'en',
    customer: 'Emma Clarke',
    email: 'emma@example.com',
    lines: [
      'Your parcel left today.',
      'I called the courier as well.',
      'Thank you, Bilal.',
      'Closing this now.',
    ],
  },
  {
    locale: 'ur',
    customer: 'عائشہ خان',
    email: 'ayesha@example.com',
    lines: [
      'آپ کا پارسل آج روانہ ہو گیا۔',
      'میں نے کوریئر کو بھی فون کیا۔',
      'شکریہ بلال۔',
      'یہ گفتگو مکمل ہوئی۔',
    ],
  },
]

for (const { locale, customer, email, lines } of STORIES) {
  test(`two people see each message once and in order (${locale})`, async ({ desk, openAs }) => {
    const say = wordsOf(locale)
    const ownerPage = await openAs(desk.owner, { locale })
    const agentPage = await openAs(desk.agent, { locale })
    const owner = new Inbox(ownerPage, say)
    const agent = new Inbox(agentPage, say)

    await test.step('the owner reads the dashboard', async () => {
      await expect(ownerPage.locator('html')).toHaveAttribute('dir', locale === 'ur' ? 'rtl' : 'ltr')
      await expect(ownerPage.getByRole('heading', { name: say('common.nav.dashboard') })).toBeVisible()
      await expect(ownerPage.getByText(say('dashboard.now.waiting')).first()).toBeVisible()
    })

    await test.step('the agent has the inbox open, and it is empty', async () => {
      await agent.open()
      await agent.showAll()
      await expect(agentPage.getByText(say('chat.empty.all'))).toBeVisible()
    })

    await test.step('the owner creates a customer', async () => {
      await ownerPage.getByRole('link', { name: say('common.nav.customers'), exact: true }).click()
      await ownerPage
        .getByRole('button', { name: say('customer.list.new') })
        .first()
        .click()
      const dialog = ownerPage.getByRole('dialog')
      await dialog.getByLabel(say('customer.form.name'), { exact: true }).fill(customer)
      await dialog.getByLabel(say('customer.form.email')).fill(email)
      await dialog.getByRole('button', { name: say('customer.form.add') }).click()
      await expect(ownerPage.getByRole('heading', { name: customer, exact: true })).toBeVisible()
    })

    await test.step('the owner opens a conversation, and the agent sees it appear', async () => {
      await ownerPage.getByRole('button', { name: say('customer.conversations.start') }).click()
      await expect(owner.composer(customer)).toBeFocused()
      await owner.send(customer, lines[0])
      await expect(agent.conversationWith(customer)).toHaveCount(1)
      await agent.conversationWith(customer).click()
      await agent.expectMessages([lines[0]])
    })

    await test.step('both write, and both read the same', async () => {
      await agent.send(customer, lines[1])
      await owner.expectMessages(lines.slice(0, 2))
      await owner.send(customer, lines[2])
      await agent.expectMessages(lines.slice(0, 3))
      await agent.send(customer, lines[3])
      await owner.expectMessages(lines)
      await agent.expectMessages(lines)
    })

    await test.step('a reload shows the same', async () => {
      await agentPage.reload()
      await agent.expectMessages(lines)
    })
  })
}
