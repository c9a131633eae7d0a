import { type Browser, type BrowserContext, type Page, test as base } from '@playwright/test'
import type { Database } from '@sarai/db'
import { createDesk, type Desk, openTestDatabase, type Person } from './desk.ts'
import { readInstallation } from './installation.ts'

interface WorkerFixtures {
  database: Database
}

interface TestFixtures {
  desk: Desk
  /** A browser context of one's own, signed in as that person, on the desk's dashboard. */
  openAs: (person: Person, options?: OpenOptions) => Promise<Page>
}

interface OpenOptions {
  locale?: 'en' | 'ur'
  viewport?: { width: number; height: number }
  colorScheme?: 'light' | 'dark'
  /** Default: straight to the server. */
  baseUrl?: string
  /** Default: the test's own desk. */
  tenantKey?: string
  /** Default: the dashboard. */
  path?: string
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  database: [
    // Playwright wants the destructuring even where nothing is asked for.
    async ({}, use) => {
      const database = await openTestDatabase()
      await use(database)
      await database.close({ graceMs: 0 })
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ browserName }, use) => use(browserName ? readInstallation().baseUrl : undefined),
  desk: async ({ database }, use) => {
    const desk = await createDesk(database)
    await use(desk)
    await database.dropTenant(desk.tenantKey)
  },
  openAs: async ({ browser, desk }, use) => {
    const contexts: BrowserContext[] = []
    await use(async (person, options = {}) => {
      const context = await newContext(browser, options)
      contexts.push(context)
      const { tenantKey = desk.tenantKey, baseUrl = readInstallation().baseUrl } = options
      const { path = `/${tenantKey}/dashboard` } = options
      return signIn(context, { person, path, baseUrl })
    })
    for (const context of contexts) await context.close()
  },
})

export { expect } from '@playwright/test'

function newContext(
  browser: Browser,
  { locale = 'en', baseUrl = readInstallation().baseUrl, tenantKey: _key, path: _path, ...look }: OpenOptions,
): Promise<BrowserContext> {
  const languageTag = locale === 'ur' ? 'ur-PK' : 'en-GB'
  return browser.newContext({
    ...look,
    baseURL: baseUrl,
    locale: languageTag,
    timezoneId: 'Asia/Karachi',
    // Without a graphics card each frame of an animation is drawn by the processor: a fifth of the whole time.
    reducedMotion: 'reduce',
  })
}

/** Through the API rather than the form: signing in by hand is a test of its own. */
export async function signIn(
  context: BrowserContext,
  { person, path, baseUrl }: { person: Person; path: string; baseUrl: string },
): Promise<Page> {
  const { email, password } = person
  const answer = await context.request.post('/api/auth/sign-in/email', {
    data: { email, password },
    headers: { origin: baseUrl },
  })
  if (!answer.ok()) throw new Error(`signing in failed: ${answer.status()} ${await answer.text()}`)
  const page = await context.newPage()
  await page.goto(path)
  return page
}
