import { createPerson, makeOperator } from './harness/desk.ts'
import { expectAccessible } from './harness/expect-accessible.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const say = wordsOf('en')

test('an operator finds a person, signs them out everywhere and makes them a link, and the log says so', async ({
  database,
  desk,
  openAs,
}) => {
  // The log of the installation is everybody's: another journey's operator must not have the same name.
  const operator = await createPerson(database, { tenantKey: desk.tenantKey, name: `Omar of ${desk.name}` })
  await makeOperator(database, operator)
  const agentPage = await openAs(desk.agent)
  const page = await openAs(operator, { path: '/operator/people' })
  await page.getByRole('searchbox', { name: say('operator.user.searchPeople') }).fill(desk.agent.email)
  const row = page.getByRole('row', { name: desk.agent.email })
  await expect(page.getByRole('row')).toHaveCount(2)
  await expectAccessible(page)

  await choose('endSessions')
  await expect(page.getByText(say('operator.user.sessionsEnded', { name: desk.agent.name }))).toBeVisible()
  await agentPage.reload()
  await expect(agentPage).toHaveURL(/sign-in/)

  await choose('resetLink')
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: say('operator.user.makeLink') }).click()
  await expect(dialog.getByText(/reset-password#/)).toBeVisible()
  await expectAccessible(page)
  await dialog
    .getByRole('button', { name: say('common.action.close') })
    .last()
    .click()

  await page.goto('/operator/audit')
  await page.getByRole('combobox', { name: say('audit.who') }).click()
  await page.getByRole('option', { name: operator.name }).click()
  await expect(page.getByRole('row', { name: say('audit.action.user.reset-link-made') })).toHaveCount(1)
  await expect(page.getByRole('row', { name: say('audit.action.user.sessions-ended') })).toContainText(
    desk.agent.email,
  )

  async function choose(verb: 'endSessions' | 'resetLink'): Promise<void> {
    await row.getByRole('button', { name: say('operator.actionsFor', { name: desk.agent.name }) }).click()
    await page.getByRole('menuitem', { name: say(`operator.user.${verb}`) }).click()
  }
})
