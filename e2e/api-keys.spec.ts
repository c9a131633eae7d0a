import { readInstallation } from './harness/installation.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const say = wordsOf('en')

test('an owner makes a key, a program works with it, and is refused once it is revoked', async ({
  desk,
  openAs,
}) => {
  const page = await openAs(desk.owner, { path: `/${desk.tenantKey}/settings/keys` })
  await expect(page.getByText(say('permission.apiKey.none'), { exact: true })).toBeVisible()
  await page.getByRole('button', { name: say('permission.apiKey.create') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: say('permission.apiKey.name') }).fill('Web shop')
  await dialog.getByRole('button', { name: say('common.action.create') }).click()
  await expect(dialog.getByRole('alert')).toHaveText(say('permission.apiKey.chooseOne'))
  await dialog.getByRole('checkbox', { name: say('permission.what.customer.create') }).check()
  await dialog.getByRole('button', { name: say('common.action.create') }).click()
  const secret = await dialog.getByText(/^sarai_/).innerText()
  await dialog.getByRole('button', { name: say('permission.apiKey.done') }).click()
  await expect(page.getByText(secret)).toHaveCount(0)

  expect(await createCustomer(secret, 'Bought in the shop')).toBe(200)
  await page.getByRole('button', { name: say('permission.apiKey.revokeName', { name: 'Web shop' }) }).click()
  await page
    .getByRole('dialog')
    .getByRole('button', { name: say('permission.apiKey.revoke'), exact: true })
    .click()
  await expect(page.getByText(say('permission.apiKey.none'), { exact: true })).toBeVisible()
  expect(await createCustomer(secret, 'Too late')).toBe(401)

  async function createCustomer(key: string, name: string): Promise<number> {
    const answer = await fetch(`${readInstallation().baseUrl}/t/${desk.tenantKey}/trpc/customer.create`, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: JSON.stringify({ name }),
    })
    return answer.status
  }
})
