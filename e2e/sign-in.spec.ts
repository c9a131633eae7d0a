import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const say = wordsOf('en')

test('somebody signs in by keyboard alone and lands in their only workspace', async ({ desk, page }) => {
  await page.goto('/')
  await expect(page.getByLabel(say('auth.email'))).toBeFocused()
  await page.keyboard.type(desk.owner.email)
  await page.keyboard.press('Tab')
  await page.keyboard.type(desk.owner.password)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/${desk.tenantKey}/dashboard`)
  await expect(page.getByRole('heading', { name: say('common.nav.dashboard') })).toBeVisible()
})

test('a wrong password and an unknown address get the same answer, beside the form', async ({
  desk,
  page,
}) => {
  await page.goto('/sign-in')
  for (const email of [desk.owner.email, 'nobody@example.com']) {
    await page.getByLabel(say('auth.email')).fill(email)
    await page.getByRole('textbox', { name: say('auth.password') }).fill('not the password')
    await page.getByRole('button', { name: say('auth.signIn'), exact: true }).click()
    await expect(page.getByText(say('auth.wrong'))).toBeVisible()
  }
  await expect(page).toHaveURL(/\/sign-in/)
})

test('a page asked for without a session comes after signing in', async ({ desk, page }) => {
  await page.goto(`/${desk.tenantKey}/customers`)
  await expect(page).toHaveURL(/\/sign-in/)
  await page.getByLabel(say('auth.email')).fill(desk.agent.email)
  await page.getByRole('textbox', { name: say('auth.password') }).fill(desk.agent.password)
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(`/${desk.tenantKey}/customers`)
})
