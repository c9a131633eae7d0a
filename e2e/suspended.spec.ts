import { createPerson, makeOperator } from './harness/desk.ts'
import { call } from './harness/call.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const say = wordsOf('en')

test('a suspended workspace says why, to who is inside and to who comes, and opens again by itself', async ({
  database,
  desk,
  openAs,
}) => {
  const operator = await createPerson(database, {
    tenantKey: desk.tenantKey,
    name: 'Omar Operator',
  })
  await makeOperator(database, operator)
  const operatorPage = await openAs(operator, { path: '/operator/tenants' })
  const page = await openAs(desk.owner)
  await expect(page.getByRole('heading', { name: say('dashboard.title') })).toBeVisible()
  const why = page.getByRole('heading', { name: say('common.notice.suspended') })

  // Nobody touches the screen: the stream ends with the reason.
  await switchTo('suspend')
  await expect(why).toBeVisible()
  await page.reload()
  await expect(why).toBeVisible()
  await expect(page.getByText(say('common.notice.suspendedText'))).toBeVisible()

  await switchTo('resume')
  await expect(page.getByRole('heading', { name: say('dashboard.title') })).toBeVisible({ timeout: 60_000 })

  async function switchTo(verb: 'suspend' | 'resume'): Promise<void> {
    const { tenantKey } = desk
    await call(operatorPage, { api: '/trpc', procedure: `operator.tenant.${verb}`, input: { tenantKey } })
  }
})
