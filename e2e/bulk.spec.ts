import { readFile } from 'node:fs/promises'
import { createCustomer } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const say = wordsOf('en')
const many = (text: string, count: number) =>
  text.replace(/^.*other \{(.*)\}\}$/, '$1').replaceAll('#', String(count))

test('by keyboard: some are selected and get a tag, all of them are archived, and both are taken back', async ({
  desk,
  openAs,
}) => {
  const page = await openAs(desk.owner)
  for (const name of ['Amina Qureshi', 'Bilal Khan', 'Chaudhry Aslam', 'Danish Ali']) {
    await createCustomer(page, { desk, name })
  }
  await page.goto(`/${desk.tenantKey}/customers?sort=name`)
  const row = (name: string) => page.getByRole('row', { name })
  const box = (name: string) => page.getByRole('checkbox', { name: say('customer.bulk.select', { name }) })
  const bar = page.getByRole('toolbar', { name: say('customer.bulk.label') })
  await expect(row('Danish Ali')).toBeVisible()

  await test.step('j moves, x selects, shift+j goes on selecting, Escape lets go', async () => {
    await page.keyboard.press('j')
    await page.keyboard.press('x')
    await page.keyboard.press('Shift+J')
    await expect(box('Amina Qureshi')).toBeChecked()
    await expect(box('Bilal Khan')).toBeChecked()
    await expect(bar.getByRole('status')).toHaveText(many(say('customer.bulk.count'), 2))
    await page.keyboard.press('Escape')
    await expect(bar).toBeHidden()
    await page.keyboard.press('x')
    await box('Danish Ali').click({ modifiers: ['Shift'] })
    await expect(bar.getByRole('status')).toHaveText(many(say('customer.bulk.count'), 3))
  })

  await test.step('a tag that did not exist before goes to all three', async () => {
    await page.keyboard.press('l')
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('combobox', { name: say('customer.bulk.add') }).fill('wholesale')
    await page.keyboard.press('Enter')
    await dialog.getByRole('button', { name: say('customer.bulk.tagDo') }).click()
    await expect(page.getByText(many(say('customer.bulk.done.tag'), 3))).toBeVisible()
    for (const name of ['Bilal Khan', 'Chaudhry Aslam', 'Danish Ali']) {
      await expect(row(name).getByText('wholesale')).toBeVisible()
    }
    await expect(row('Amina Qureshi').getByText('wholesale')).toBeHidden()
    await expect(bar).toBeHidden()
  })

  await test.step('undone from the toast', async () => {
    await page.getByRole('button', { name: say('common.action.undo') }).click()
    await expect(page.getByText(many(say('customer.bulk.done.undo'), 3))).toBeVisible()
    await expect(page.getByRole('table').getByText('wholesale')).toHaveCount(0)
  })

  await test.step('two of them get an owner, who is seen by the filter, and lose them again', async () => {
    await box('Bilal Khan').click()
    await box('Danish Ali').click()
    await page.keyboard.press('a')
    await page.getByRole('menuitem', { name: desk.agent.name }).click()
    await expect(page.getByText(many(say('customer.bulk.done.assign'), 2))).toBeVisible()
    const whose = page.getByRole('combobox', { name: say('customer.owner.filter') })
    await whose.click()
    await page.getByRole('option', { name: desk.agent.name }).click()
    await expect(row('Amina Qureshi')).toBeHidden()
    await expect(row('Bilal Khan')).toBeVisible()
    await expect(row('Danish Ali')).toBeVisible()
    await page
      .getByRole('button', { name: say('common.action.undo') })
      .last()
      .click()
    await expect(row('Danish Ali')).toBeHidden()
    await whose.click()
    await page.getByRole('option', { name: say('customer.owner.any') }).click()
    await expect(row('Amina Qureshi')).toBeVisible()
  })

  await test.step('two of them become a file, in the order of the list', async () => {
    await box('Danish Ali').click()
    await box('Bilal Khan').click()
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      bar.getByRole('button', { name: say('customer.bulk.export') }).click(),
    ])
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n').slice(1)
    expect(lines.map((line) => line.split(',')[0])).toEqual(['Bilal Khan', 'Danish Ali'])
    await expect(page.getByText(many(say('customer.bulk.done.export'), 2))).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('everybody of the list is archived but one, and comes back', async () => {
    await page.keyboard.press('*')
    await page.keyboard.press('a')
    await expect(bar.getByRole('status')).toHaveText(many(say('customer.bulk.count'), 4))
    await box('Amina Qureshi').click()
    await page.keyboard.press('e')
    await expect(page.getByText(many(say('customer.bulk.done.archive'), 3))).toBeVisible()
    await expect(row('Bilal Khan')).toBeHidden()
    await expect(row('Amina Qureshi')).toBeVisible()
    await page
      .getByRole('button', { name: say('common.action.undo') })
      .last()
      .click()
    await expect(row('Bilal Khan')).toBeVisible()
    await expect(row('Danish Ali')).toBeVisible()
  })
})
