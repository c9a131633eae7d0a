import { CUSTOMER_NOTE_LENGTH_MAX } from '@sarai/api/customer/schema'
import { createCustomer } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const say = wordsOf('en')

test('a card is edited where it stands, tagged while typing, noted, and tells what happened', async ({
  desk,
  openAs,
}) => {
  const page = await openAs(desk.owner)
  const id = await createCustomer(page, { desk, name: 'Emma Clarke' })

  await test.step('a field of one’s own is defined in the settings', async () => {
    await page.goto(`/${desk.tenantKey}/settings/fields`)
    await page.getByRole('button', { name: say('customer.fieldSettings.new') }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel(say('customer.fieldSettings.name')).fill('Flat size')
    await dialog.getByRole('combobox', { name: say('customer.fieldSettings.kind') }).click()
    await page.getByRole('option', { name: say('customer.fieldSettings.kinds.number') }).click()
    await dialog.getByRole('button', { name: say('customer.fieldSettings.add') }).click()
    await expect(page.getByText('Flat size')).toBeVisible()
  })

  await page.goto(`/${desk.tenantKey}/customers/${id}`)
  await test.step('what is wrong is said beside the field, which keeps what was typed', async () => {
    await page.getByRole('button', { name: say('customer.inPlace.edit', { field: 'Flat size' }) }).click()
    const size = page.getByRole('textbox', { name: 'Flat size' })
    await size.fill('large')
    await size.press('Enter')
    await expect(page.getByText(say('customer.inPlace.wrong.number'))).toBeVisible()
    await size.fill('12.5')
    await size.press('Enter')
    await expect(size).toHaveCount(0)
    await expect(page.getByText('12.5').first()).toBeVisible()
    const field = say('customer.form.name')
    await page.getByRole('button', { name: say('customer.inPlace.edit', { field }) }).click()
    await page.getByRole('textbox', { name: field }).fill('')
    await page.keyboard.press('Enter')
    await expect(page.getByText(say('customer.form.nameMissing'))).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('who is responsible is chosen, and seen at once', async () => {
    const field = say('customer.column.owner')
    await page.getByRole('button', { name: say('customer.inPlace.edit', { field }) }).click()
    await page.getByRole('combobox', { name: field }).click()
    await page.getByRole('option', { name: desk.agent.name }).click()
    await expect(page.getByRole('definition').filter({ hasText: desk.agent.name })).toBeVisible()
    await expect(page.getByRole('list').getByText(desk.agent.name)).toBeVisible()
  })

  await test.step('a tag is made while typing', async () => {
    const field = page.getByRole('combobox', { name: say('customer.tags.add') })
    await field.fill('Wholesale')
    await expect(
      page.getByRole('option', { name: say('customer.tags.create', { tag: 'Wholesale' }) }),
    ).toBeVisible()
    await field.press('Enter')
    await expect(
      page.getByRole('button', { name: say('customer.tags.remove', { tag: 'Wholesale' }) }),
    ).toBeVisible()
    await field.fill('Once')
    await field.press('Enter')
    await page.getByRole('button', { name: say('customer.tags.remove', { tag: 'Once' }) }).press('Enter')
    // The cross has gone with its tag; the focus used to go with both.
    await expect(page.locator('body')).not.toBeFocused()
  })

  await test.step('a note is written, deleted and brought back', async () => {
    const note = page.getByRole('textbox', { name: say('customer.timeline.note') })
    await note.focus()
    await page.keyboard.insertText('x'.repeat(CUSTOMER_NOTE_LENGTH_MAX + 1))
    await expect(page.getByText(/5,000/)).toBeVisible()
    await note.fill('Calls after six')
    await expect(page.getByText(/5,000/)).toBeHidden()
    await page.getByRole('button', { name: say('customer.timeline.addNote') }).click()
    const history = page.getByRole('region', { name: say('customer.timeline.title') }).getByRole('list')
    await expect(history.getByText('Calls after six')).toBeVisible()
    await page.getByRole('button', { name: say('customer.timeline.deleteNote') }).click()
    await expect(history.getByText('Calls after six')).toHaveCount(0)
    await expect(page.locator('body')).not.toBeFocused()
    await page.getByRole('button', { name: say('common.action.undo') }).click()
    await expect(history.getByText('Calls after six')).toBeVisible()
    await expect(history.getByText(say('customer.timeline.tagsAdded', { tags: 'Wholesale' }))).toBeVisible()
    await expect(history.getByText(say('customer.timeline.kind.created'))).toBeVisible()
  })

  await test.step('closed, one goes on at the row of the customer', async () => {
    await page.getByRole('link', { name: say('common.action.close') }).press('Enter')
    await expect(page.getByRole('row', { name: 'Emma Clarke' }).getByRole('link')).toBeFocused()
  })
})

test('two people change the same line: the later one sees both values, and nothing is lost', async ({
  desk,
  openAs,
}) => {
  const ownerPage = await openAs(desk.owner)
  const id = await createCustomer(ownerPage, { desk, name: 'Omar Farooqi' })
  const agentPage = await openAs(desk.agent)
  for (const page of [ownerPage, agentPage]) {
    await page.goto(`/${desk.tenantKey}/customers/${id}`)
    await page.getByRole('button', { name: say('customer.inPlace.edit', { field: 'City' }) }).click()
  }
  const cityOf = (page: typeof ownerPage) => page.getByRole('textbox', { name: 'City' })
  await cityOf(ownerPage).fill('Multan')
  await cityOf(ownerPage).press('Enter')
  await expect(cityOf(ownerPage)).toHaveCount(0)

  await cityOf(agentPage).fill('Lahore')
  await cityOf(agentPage).press('Enter')
  const conflict = agentPage.getByRole('alert').filter({ hasText: say('customer.inPlace.conflict') })
  await expect(conflict).toContainText('Multan')
  await expect(conflict).toContainText('Lahore')
  await agentPage.getByRole('button', { name: say('customer.inPlace.keepMine') }).click()
  await expect(conflict).toHaveCount(0)
  await expect(ownerPage.getByRole('definition').filter({ hasText: 'Lahore' })).toBeVisible()
})
