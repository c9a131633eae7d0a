import type { Page } from '@playwright/test'
import { oneTimeCode } from './harness/one-time-code.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const say = wordsOf('en')

test('an owner passes a link on, and whoever has it makes an account and works', async ({
  baseURL,
  browser,
  desk,
  openAs,
}) => {
  const email = `nadia-${Date.now()}@example.test`
  const owner = await openAs(desk.owner, { path: `/${desk.tenantKey}/settings/members` })
  await owner.getByRole('button', { name: say('permission.invite') }).click()
  const dialog = owner.getByRole('dialog')
  await dialog.getByLabel(say('permission.inviteEmail')).fill(email)
  await dialog.getByRole('button', { name: say('permission.invite') }).click()
  const link = await dialog.getByLabel(say('permission.link'), { exact: true }).textContent()
  await dialog
    .getByRole('button', { name: say('common.action.close') })
    .last()
    .click()
  await expect(owner.getByText(email, { exact: true })).toBeVisible()

  const context = await browser.newContext({ baseURL: baseURL ?? '', locale: 'en-GB' })
  const page = await context.newPage()
  await page.goto(link ?? '')
  await page.getByLabel(say('auth.name')).fill('Nadia Khan')
  await page.getByRole('textbox', { name: say('auth.newPassword') }).fill('correct horse battery')
  await page.getByRole('button', { name: say('auth.join') }).click()
  await expect(page).toHaveURL(`/${desk.tenantKey}/dashboard`)
  await expect(owner.getByText('Nadia Khan')).toBeVisible()
  await context.close()
})

test('with the second step on, a password alone opens nothing; a code of the device does', async ({
  baseURL,
  browser,
  desk,
  openAs,
}) => {
  const { email, password } = desk.agent
  const page = await openAs(desk.agent, { path: `/${desk.tenantKey}/settings/security` })
  await page.getByRole('button', { name: say('account.turnOn') }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox', { name: say('account.currentPassword') }).fill(password)
  await dialog.getByRole('button', { name: say('account.next') }).click()
  await expect(dialog.getByRole('img', { name: say('account.qrCode') })).toBeVisible()
  const secret = (await dialog.getByLabel(say('account.secret'), { exact: true }).textContent()) ?? ''
  await dialog.getByLabel(say('account.firstCode')).fill(oneTimeCode(secret))
  await dialog.getByRole('button', { name: say('account.turnOn') }).click()
  await dialog.getByRole('button', { name: say('account.codesKept') }).click()
  await expect(page.getByText(say('account.on'), { exact: true })).toBeVisible()

  const context = await browser.newContext({ baseURL: baseURL ?? '', locale: 'en-GB' })
  const other = await context.newPage()
  await signInByHand(other, { email, password })
  await other.getByLabel(say('auth.code'), { exact: true }).fill('000000')
  await expect(other.getByText(say('auth.codeWrong'))).toBeVisible()
  // This step's code has been used already; the next one's counts as well.
  await other.getByLabel(say('auth.code'), { exact: true }).fill(oneTimeCode(secret, 1))
  await expect(other).toHaveURL(`/${desk.tenantKey}/dashboard`)

  await page.reload()
  await page.getByRole('button', { name: say('account.revokeOthers') }).click()
  await expect(page.getByRole('button', { name: say('account.revokeOthers') })).toHaveCount(0)
  await other.reload()
  await expect(other).toHaveURL(/\/sign-in/)
  await context.close()
})

async function signInByHand(
  page: Page,
  { email, password }: { email: string; password: string },
): Promise<void> {
  await page.goto('/sign-in')
  await page.getByLabel(say('auth.email')).fill(email)
  await page.getByRole('textbox', { name: say('auth.password') }).fill(password)
  await page.keyboard.press('Enter')
}
