import { expectAccessible } from './harness/expect-accessible.ts'
import { startConversation } from './harness/start-conversation.ts'
import { Inbox } from './harness/inbox.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const CUSTOMER = 'Amina Baloch'

test('what somebody edits and deletes changes before a colleague’s eyes, with its trace, and stays so after a reload', async ({
  desk,
  openAs,
}) => {
  const say = wordsOf('en')
  const owner = await openAs(desk.owner)
  const path = `/${desk.tenantKey}/chat/${await startConversation(owner, { desk, customerName: CUSTOMER })}`
  await owner.goto(path)
  const author = new Inbox(owner, say)
  await author.send(CUSTOMER, 'We open at five')
  await author.send(CUSTOMER, 'Wrong window')
  const colleagues = await openAs(desk.agent, { path })
  const thread = { name: say('chat.thread.messages') }
  const mine = owner.getByRole('region', thread)
  const theirs = colleagues.getByRole('region', thread)
  await expect(theirs.getByText('Wrong window')).toBeVisible()

  const first = mine.getByRole('listitem').filter({ hasText: 'We open at five' })
  await first.getByRole('button', { name: say('chat.change.edit') }).click()
  const editor = mine.getByRole('textbox', { name: say('chat.change.edit') })
  await expect(editor).toBeFocused()
  await editor.fill('We open at six')
  await editor.press('Enter')
  await expect(theirs.getByText('We open at six')).toBeVisible()
  await expect(theirs.getByText('We open at five')).toHaveCount(0)
  await expect(theirs.getByText(/edited /)).toBeVisible()
  await expect(theirs.getByRole('button', { name: say('chat.change.edit') })).toHaveCount(0)

  await theirs.getByRole('button', { name: /edited / }).press('Enter')
  const before = colleagues.getByRole('dialog', { name: say('chat.change.versions') })
  await expect(before.getByRole('listitem')).toHaveText([/We open at six/, /We open at five/])
  await expect(before.getByRole('listitem').filter({ hasText: desk.owner.name })).toHaveCount(1)
  await expectAccessible(colleagues)
  await colleagues.keyboard.press('Escape')
  await expect(theirs.getByRole('button', { name: /edited / })).toBeFocused()

  const second = mine.getByRole('listitem').filter({ hasText: 'Wrong window' })
  await second.getByRole('button', { name: say('chat.change.delete') }).click()
  await second
    .getByRole('alert')
    .getByRole('button', { name: say('chat.change.delete') })
    .click()
  await expect(theirs.getByText(/Deleted by its author/)).toBeVisible()
  await expect(theirs.getByText('Wrong window')).toHaveCount(0)
  await owner.reload()
  await expect(mine.getByText(/Deleted by its author/)).toBeVisible()
  await expect(mine.getByText('We open at six')).toBeVisible()
})
