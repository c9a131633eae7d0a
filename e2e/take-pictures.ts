/**
 * Pictures of the running product with its demo data, for the README and for looking at.
 *
 *     npm start
 *     node e2e/take-pictures.ts [folder] [name …]
 *
 * Writes a PNG for each page, width, theme and language; with names, only those whose file name contains one.
 */
import { type Browser, chromium, type Page } from '@playwright/test'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { LAUNCH_OPTIONS } from './harness/browser.ts'

const BASE_URL = process.env['BASE_URL'] ?? 'http://localhost:3000'
const PASSWORD = 'sarai-demo'
const [folder = 'test-results/pictures', ...wanted] = process.argv.slice(2)

interface Shot {
  name: string
  email: string | null
  path: string
  /** Brings the page into the state worth showing. */
  prepare?: (page: Page) => Promise<void>
}

const SHOTS: readonly Shot[] = [
  { name: 'sign-in', email: null, path: '/sign-in' },
  { name: 'workspaces', email: 'agent@rabin.test', path: '/workspaces' },
  { name: 'dashboard', email: 'owner@rabin.test', path: '/rabin/dashboard' },
  { name: 'duplicates', email: 'owner@rabin.test', path: '/rabin/customers/duplicates' },
  { name: 'import', email: 'owner@rabin.test', path: '/rabin/customers/import', prepare: uploadFile },
  { name: 'merge', email: 'owner@rabin.test', path: '/rabin/customers/duplicates', prepare: openFirstMerge },
  { name: 'customers', email: 'owner@rabin.test', path: '/rabin/customers' },
  { name: 'customer-views', email: 'owner@rabin.test', path: '/rabin/customers', prepare: openViews },
  {
    name: 'customer-columns',
    email: 'owner@rabin.test',
    path: '/rabin/customers?columns=%5B"owner"%2C"tags"%2C"phone"%5D',
    prepare: openColumns,
  },
  { name: 'customer-bulk', email: 'owner@rabin.test', path: '/rabin/customers', prepare: selectSome },
  { name: 'customer', email: 'owner@rabin.test', path: '/rabin/customers', prepare: openFirstCustomer },
  { name: 'inbox', email: 'agent@rabin.test', path: '/rabin/chat' },
  {
    name: 'chat',
    email: 'agent@rabin.test',
    path: '/rabin/chat?status=resolved',
    prepare: openFirstConversation,
  },
  { name: 'search', email: 'agent@rabin.test', path: '/rabin/chat?search=order', prepare: openFoundMessage },
  { name: 'search-none', email: 'agent@rabin.test', path: '/rabin/chat?search=zzyzx' },
  {
    name: 'search-narrowed',
    email: 'agent@rabin.test',
    path: '/rabin/chat?search=order&by=customers&since=2026-01-01&until=2026-01-31',
  },
  { name: 'attachments', email: 'agent@rabin.test', path: '/rabin/chat', prepare: attachFiles },
  { name: 'presence', email: 'agent@rabin.test', path: '/rabin/chat', prepare: bringColleague },
  { name: 'merge-dialog', email: 'agent@rabin.test', path: '/rabin/chat', prepare: openMergeDialog },
  { name: 'merged', email: 'agent@rabin.test', path: '/rabin/chat', prepare: mergeTwo },
  { name: 'send-later', email: 'agent@rabin.test', path: '/rabin/chat', prepare: sendLater },
  { name: 'members', email: 'owner@rabin.test', path: '/rabin/settings/members' },
  { name: 'security', email: 'owner@rabin.test', path: '/rabin/settings/security' },
  { name: 'forgot', email: null, path: '/sign-in/forgot' },
  { name: 'reset-password', email: null, path: '/sign-in/reset-password#none' },
  { name: 'welcome', email: null, path: '/welcome' },
  { name: 'invite', email: 'owner@rabin.test', path: '/rabin/settings/members', prepare: openInvite },
  { name: 'roles', email: 'owner@rabin.test', path: '/rabin/settings/roles' },
  { name: 'labels', email: 'owner@rabin.test', path: '/rabin/settings/labels' },
  { name: 'replies', email: 'owner@rabin.test', path: '/rabin/settings/replies' },
  { name: 'macros', email: 'owner@rabin.test', path: '/rabin/settings/macros', prepare: openMacro },
  { name: 'rules', email: 'owner@rabin.test', path: '/rabin/settings/rules', prepare: openRule },
  { name: 'teams', email: 'owner@rabin.test', path: '/rabin/settings/teams' },
  { name: 'assignment', email: 'owner@rabin.test', path: '/rabin/settings/assignment' },
  { name: 'tags', email: 'owner@rabin.test', path: '/rabin/settings/tags' },
  { name: 'fields', email: 'owner@rabin.test', path: '/rabin/settings/fields' },
  { name: 'audit', email: 'owner@rabin.test', path: '/rabin/settings/audit' },
  { name: 'keys', email: 'owner@rabin.test', path: '/rabin/settings/keys' },
  { name: 'notifications', email: 'agent@rabin.test', path: '/rabin/settings/notifications' },
  { name: 'profile', email: 'owner@rabin.test', path: '/rabin/settings/profile' },
  {
    name: 'dashboard-range',
    email: 'owner@rabin.test',
    path: '/rabin/dashboard?from=2026-10-20&to=2026-11-20',
    prepare: pickDay,
  },
  { name: 'command-bar', email: 'owner@rabin.test', path: '/rabin/dashboard', prepare: openCommandBar },
  {
    name: 'not-found',
    email: 'owner@rabin.test',
    path: '/rabin/customers/00000000-0000-7000-8000-000000000000',
  },
  { name: 'tenants', email: 'operator@sarai.test', path: '/operator/tenants' },
  { name: 'operator-people', email: 'operator@sarai.test', path: '/operator/people' },
  { name: 'installation-log', email: 'operator@sarai.test', path: '/operator/audit' },
  { name: 'new-tenant', email: 'operator@sarai.test', path: '/operator/tenants/new?key=rabin' },
  { name: 'tenant-page', email: 'operator@sarai.test', path: '/operator/tenants/rabin' },
  { name: 'migrations', email: 'operator@sarai.test', path: '/operator/migrations' },
  { name: 'transfers', email: 'operator@sarai.test', path: '/operator/transfers' },
  { name: 'connections', email: 'operator@sarai.test', path: '/operator/connections' },
]

const WIDTHS = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } }

async function openViews(page: Page): Promise<void> {
  await page.keyboard.press('v')
  await page.getByRole('menu').waitFor()
}

const IMPORTED = [
  'Full name;Mobile;Email;Town',
  'علی رضا;0300 1234567;ali@reza.test;لاہور',
  'Amina Rafiq;;amina@rafiq.test;Quetta',
  'Nobody;12;;',
].join('\r\n')

async function uploadFile(page: Page): Promise<void> {
  const file = { name: 'people.csv', mimeType: 'text/csv', buffer: Buffer.from(IMPORTED) }
  await page.locator('input[type="file"]').setInputFiles(file)
  await page.getByRole('table').nth(1).waitFor()
}

/** Beside the thread it is in; a phone shows what was found alone. */
async function openFoundMessage(page: Page): Promise<void> {
  const found = page.locator('[data-results] mark').first()
  await found.waitFor()
  if ((page.viewportSize()?.width ?? 0) > 600) await found.click()
}

async function attachFiles(page: Page): Promise<void> {
  await openFirstConversation(page)
  const picture = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(1200, 800)
    const drawing = canvas.getContext('2d')
    const sky = drawing?.createLinearGradient(0, 0, 0, 800)
    sky?.addColorStop(0, '#9ecbff')
    sky?.addColorStop(1, '#ffd9a8')
    if (drawing && sky) drawing.fillStyle = sky
    drawing?.fillRect(0, 0, 1200, 800)
    return [...new Uint8Array(await (await canvas.convertToBlob()).arrayBuffer())]
  })
  const files = [
    { name: 'parcel at the door.png', mimeType: 'image/png', buffer: Buffer.from(picture) },
    { name: 'رسید ۱۲.txt', mimeType: 'text/plain', buffer: Buffer.from('رسید\n'.repeat(900)) },
  ]
  const input = page.locator('input[type=file]')
  await input.setInputFiles(files)
  const chosen = page.locator('form, section').locator('img[src*="/files/"]')
  await chosen.last().waitFor()
  await composerOf(page).press('Enter')
  await page.locator('img[width="320"]').last().waitFor()
  await input.setInputFiles(files)
  await chosen.nth(1).waitFor()
  await input.setInputFiles({ name: 'setup.exe', mimeType: '', buffer: Buffer.from('MZ') })
}

async function openMacro(page: Page): Promise<void> {
  await page.locator('main button').first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Refund')
  for (const _ of ['reply', 'note', 'label', 'label']) await dialog.locator('fieldset button').last().click()
}

async function openRule(page: Page): Promise<void> {
  await page.locator('main button').first().click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill('Refund')
  await dialog.locator('fieldset button').first().click()
  await dialog.locator('fieldset input[maxlength]').fill('refund, رقم واپس')
  await dialog.locator('fieldset button').last().click()
}

/** Somebody else with the same conversation open, who writes a reply. */
async function bringColleague(page: Page): Promise<void> {
  await openFirstConversation(page)
  const context = await page.context().browser()?.newContext({ baseURL: BASE_URL })
  if (!context) throw new Error('the browser has gone')
  page.once('close', () => void context.close())
  const data = { email: 'owner@rabin.test', password: PASSWORD }
  await context.request.post('/api/auth/sign-in/email', { data, headers: { origin: BASE_URL } })
  const other = await context.newPage()
  await other.goto(new URL(page.url()).pathname)
  await composerOf(other).pressSequentially('Good morning')
  await page.locator('header [role="img"]').waitFor()
}

/** One that waits for its time, and the menu for the next. */
async function sendLater(page: Page): Promise<void> {
  await openFirstConversation(page)
  const clock = page.locator('button[aria-haspopup="menu"]:has(.lucide-clock)')
  await composerOf(page).fill('آپ کا پارسل کل صبح روانہ ہو گا۔')
  await clock.click()
  await page.getByRole('menuitem').nth(1).click()
  await page.locator('[role="region"] li:has(.lucide-clock)').first().waitFor()
  await composerOf(page).fill('Good morning')
  await clock.click()
  await page.getByRole('menu').waitFor()
}

async function openMergeDialog(page: Page): Promise<void> {
  await openFirstConversation(page)
  await page.locator('button[aria-haspopup="dialog"]:has(.lucide-merge)').click()
  const search = page.getByRole('dialog').getByRole('combobox')
  await search.fill('a')
  await page.getByRole('option').nth(1).click()
  await page.getByRole('radio').first().waitFor()
}

/** One conversation within another, unfolded. */
async function mergeTwo(page: Page): Promise<void> {
  await openMergeDialog(page)
  // The way out, the way back, and the merge itself, which is there when its preview is.
  await page.getByRole('dialog').locator('button').nth(2).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
  await page.waitForTimeout(700)
  const line = page.locator('[role="listitem"]:has(> span > .lucide-merge)').last()
  await line.locator('button[aria-expanded="false"]').click()
  await line.locator('section [role="listitem"]').first().waitFor()
}

function composerOf(page: Page) {
  return page.locator('textarea[aria-describedby="composer-hint"]')
}

async function openFirstMerge(page: Page): Promise<void> {
  await page.locator('a[href*="/customers/merge"]').first().click()
  await page.getByRole('radio').first().waitFor()
}

async function openColumns(page: Page): Promise<void> {
  await page.locator('button[aria-haspopup="dialog"]', { has: page.locator('.lucide-columns-3') }).click()
  await page.getByRole('dialog').waitFor()
}

async function selectSome(page: Page): Promise<void> {
  await page.keyboard.press('j')
  await page.keyboard.press('x')
  await page.keyboard.press('Shift+J')
  await page.getByRole('toolbar').waitFor()
}

async function openFirstCustomer(page: Page): Promise<void> {
  await page.locator('a[href*="/customers/0"]').first().click()
  await page.waitForURL(/customers\/[0-9a-f-]{36}/)
}

async function openFirstConversation(page: Page): Promise<void> {
  await page.locator('a[href*="/chat/"]').first().click()
  await page.waitForURL(/chat\/[0-9a-f-]{36}/)
}

async function openInvite(page: Page): Promise<void> {
  await page.locator('main button').first().click()
  await page.getByRole('dialog').waitFor()
}

/** The chart with a day picked by keys, and the table behind it. */
async function pickDay(page: Page): Promise<void> {
  await page.getByRole('slider').press('ArrowLeft')
  await page.evaluate(() => document.activeElement?.scrollIntoView({ block: 'center' }))
}

async function openCommandBar(page: Page): Promise<void> {
  await page.keyboard.press('Control+k')
  await page.getByRole('dialog').waitFor()
}

interface Look {
  width: keyof typeof WIDTHS
  theme: 'light' | 'dark'
  language: 'en' | 'ur'
}

function everyLook(): Look[] {
  const widths = ['wide', 'phone'] as const
  const themes = ['light', 'dark'] as const
  const languages = ['en', 'ur'] as const
  return widths.flatMap((width) =>
    themes.flatMap((theme) => languages.map((language) => ({ width, theme, language }))),
  )
}

async function takeAll(browser: Browser): Promise<void> {
  await mkdir(folder, { recursive: true })
  for (const look of everyLook()) {
    for (const shot of SHOTS) {
      const file = `${shot.name}-${look.width}-${look.theme}-${look.language}.png`
      if (wanted.length > 0 && !wanted.some((part) => file.includes(part))) continue
      await take(browser, { shot, look, file })
    }
  }
}

async function take(
  browser: Browser,
  { shot, look, file }: { shot: Shot; look: Look; file: string },
): Promise<void> {
  const context = await browser.newContext({
    baseURL: BASE_URL,
    viewport: WIDTHS[look.width],
    colorScheme: look.theme,
    locale: look.language === 'ur' ? 'ur-PK' : 'en-GB',
    timezoneId: 'Asia/Karachi',
  })
  try {
    if (shot.email) {
      const data = { email: shot.email, password: PASSWORD }
      await context.request.post('/api/auth/sign-in/email', { data, headers: { origin: BASE_URL } })
    }
    const page = await context.newPage()
    page.on('console', (message) => {
      if (message.type() === 'error') console.error(`${file}: ${message.text()}`)
    })
    await page.goto(shot.path)
    await page.getByRole('heading').first().waitFor()
    await page.waitForTimeout(900)
    await shot.prepare?.(page)
    await page.waitForTimeout(700)
    await page.screenshot({ path: join(folder, file) })
    console.log(file)
  } catch (error) {
    console.error(`${file}: ${String(error).slice(0, 300)}`)
  } finally {
    await context.close()
  }
}

const browser = await chromium.launch(LAUNCH_OPTIONS)
await takeAll(browser)
await browser.close()
