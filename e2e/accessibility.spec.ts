import { expectAccessible } from './harness/expect-accessible.ts'
import { LOOKS } from './harness/looks.ts'
import { createCustomer, startConversation } from './harness/start-conversation.ts'
import { test } from './harness/test.ts'

for (const look of LOOKS) {
  const { locale, colorScheme, viewport } = look
  test(`axe finds nothing serious on any page (${locale}, ${colorScheme}, ${viewport.width} px)`, async ({
    desk,
    openAs,
  }) => {
    const page = await openAs(desk.owner, look)
    const conversationId = await startConversation(page, { desk, customerName: 'Emma Clarke' })
    const paths = [
      'dashboard',
      'customers',
      'customers/duplicates',
      'customers/import',
      'chat',
      `chat/${conversationId}`,
      'settings/members',
      'settings/roles',
      'settings/keys',
      'settings/tags',
      'settings/labels',
      'settings/replies',
      'settings/macros',
      'settings/rules',
      'settings/assignment',
      'settings/teams',
      'settings/fields',
      'settings/security',
      'settings/audit',
      'settings/profile',
      'settings/notifications',
      'no-such-page',
    ].map((path) => `/${desk.tenantKey}/${path}`)
    for (const path of ['/workspaces', ...paths]) await expectAccessible(page, path)
    const ids = [
      await createCustomer(page, { desk, name: 'Omar' }),
      await createCustomer(page, { desk, name: 'Omer' }),
    ]
    await expectAccessible(
      page,
      `/${desk.tenantKey}/customers/merge?ids=${encodeURIComponent(JSON.stringify(ids))}`,
    )
    await page.goto(`/${desk.tenantKey}/customers`)
    await page.getByRole('link', { name: 'Emma Clarke' }).first().click()
    await expectAccessible(page)
    await page.context().clearCookies()
    await expectAccessible(page, '/sign-in')
  })
}
