import { AxeBuilder } from '@axe-core/playwright'
import type { Locator, Page } from '@playwright/test'
import { FILE_BYTES_MAX } from '@sarai/api/file/schema'
import { Inbox } from './harness/inbox.ts'
import { readKept } from './harness/kept-words.ts'
import { LOOKS } from './harness/looks.ts'
import { startConversation } from './harness/start-conversation.ts'
import { expect, test } from './harness/test.ts'
import { wordsOf } from './harness/words.ts'

const CUSTOMER = 'Emma Clarke'
const PDF = Buffer.from('%PDF-1.7\n%%EOF\n')

/** A picture of that size, as a screenshot is pasted. */
async function pastePicture(into: Locator, size: { width: number; height: number }): Promise<void> {
  await into.evaluate(async (field, { width, height }) => {
    const canvas = new OffscreenCanvas(width, height)
    canvas.getContext('2d')?.fillRect(0, 0, width / 2, height)
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File([await canvas.convertToBlob()], 'image.png', { type: 'image/png' }))
    field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  }, size)
}

/** A file held over the page, and then let go. */
async function holdFile(page: Page, name: string): Promise<{ drop: () => Promise<void> }> {
  const dataTransfer = await page.evaluateHandle((fileName) => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['%PDF-1.7\n%%EOF\n'], fileName, { type: 'application/pdf' }))
    return transfer
  }, name)
  await page.dispatchEvent('body', 'dragenter', { dataTransfer })
  return { drop: () => page.dispatchEvent('body', 'drop', { dataTransfer }) }
}

test('files are pasted, dropped and chosen, sent once, and looked at by a colleague', async ({
  desk,
  openAs,
}) => {
  const say = wordsOf('ur')
  const ownerPage = await openAs(desk.owner)
  const id = await startConversation(ownerPage, { desk, customerName: CUSTOMER })
  const path = `/${desk.tenantKey}/chat/${id}`
  const agentPage = await openAs(desk.agent, { ...LOOKS[1], path })
  const agent = new Inbox(agentPage, say)
  const composer = agent.composer(CUSTOMER)
  const choose = (name: string, buffer: Buffer) =>
    agentPage
      .locator('input[type=file]')
      .setInputFiles({ name, buffer, mimeType: 'application/octet-stream' })
  await expect(composer).toBeVisible()

  await test.step('what cannot be sent is said before anything goes', async () => {
    let uploads = 0
    agentPage.on('request', (request) => (uploads += request.url().includes('/files?') ? 1 : 0))
    await choose('setup.exe', Buffer.from('MZ'))
    await expect(
      agentPage
        .getByRole('alert')
        .filter({ hasText: say('chat.attachment.refused.type', { name: 'setup.exe' }) }),
    ).toBeVisible()
    await choose('film.mp4', Buffer.alloc(FILE_BYTES_MAX + 1))
    await expect(agentPage.getByRole('alert').filter({ hasText: 'film.mp4' })).toBeVisible()
    expect(uploads).toBe(0)
  })

  await test.step('what only looks like a picture is refused by the server, and taken out', async () => {
    await choose('logo.png', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))
    await expect(agentPage.getByText(say('chat.attachment.failure.type'))).toBeVisible()
    await agentPage.getByRole('button', { name: say('chat.attachment.remove', { name: 'logo.png' }) }).click()
    await expect(agentPage.getByRole('list', { name: say('chat.attachment.tray') })).toHaveCount(0)
  })

  await test.step('an upload shows how far it is, and is cancelled', async () => {
    await agentPage.route(/\/files\?/, () => undefined)
    await choose('slow.pdf', PDF)
    const progress = agentPage.getByRole('progressbar', {
      name: say('chat.attachment.progress', { name: 'slow.pdf' }),
    })
    await expect(progress).toBeVisible()
    await agentPage.getByRole('button', { name: say('chat.attachment.cancel', { name: 'slow.pdf' }) }).click()
    await expect(progress).toHaveCount(0)
    await agentPage.unrouteAll({ behavior: 'ignoreErrors' })
  })

  await test.step('a picture is pasted and a document dropped; both go with one message', async () => {
    await pastePicture(composer, { width: 1280, height: 960 })
    const held = await holdFile(agentPage, 'رسید.pdf')
    await expect(agentPage.getByText(say('chat.attachment.drop'))).toBeVisible()
    await held.drop()
    await expect(agentPage.getByText(say('chat.attachment.drop'))).toHaveCount(0)
    const tray = agentPage.getByRole('list', { name: say('chat.attachment.tray') })
    await expect(tray.getByRole('listitem')).toHaveCount(2)
    await expect(tray.locator('img')).toHaveCount(1)
    const { violations } = await new AxeBuilder({ page: agentPage }).analyze()
    expect(violations.map(({ id: rule, nodes }) => `${rule}: ${nodes[0]?.html}`)).toEqual([])
    await agent.send(CUSTOMER, 'دیکھیں')
    await expect(tray).toHaveCount(0)
  })

  await test.step('a colleague sees the picture in its place, and saves the document', async () => {
    await ownerPage.goto(path)
    const picture = ownerPage.getByRole('img', { name: 'image.png' })
    await expect(picture).toHaveAttribute('width', '320')
    await expect(picture).toHaveAttribute('height', '240')
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1280)
    const href = await ownerPage.getByRole('link', { name: /رسید\.pdf/ }).getAttribute('href')
    const answer = await ownerPage.request.get(href ?? '')
    expect(await answer.body()).toEqual(PDF)
    expect(answer.headers()).toMatchObject({
      'content-disposition': expect.stringMatching(/^attachment; /),
      'content-security-policy': "sandbox; default-src 'none'",
      'x-content-type-options': 'nosniff',
    })
  })

  await test.step('a file that was written without a server goes after a reload, once', async () => {
    await agentPage.route(/\/files\?|chat\.message\.send/, (route) => route.abort())
    await choose('later.pdf', PDF)
    await composer.press('Enter')
    await expect(agentPage.getByRole('list', { name: say('chat.attachment.tray') })).toHaveCount(0)
    await expect(agentPage.getByText('later.pdf')).toBeVisible()
    // The bytes of a file have no text of their own.
    await expect.poll(() => readKept(agentPage)).toMatch(/\{\}/)
    await agentPage.reload()
    await expect(agentPage.getByText('later.pdf')).toBeVisible()
    await agentPage.unrouteAll({ behavior: 'ignoreErrors' })
    await agentPage.reload()
    for (const page of [ownerPage, agentPage])
      await expect(page.locator('a[href*="/files/"]', { hasText: 'later.pdf' })).toHaveCount(1)
  })
})

test('files chosen for a draft survive a reload, uploaded or not, go with its message from one of two tabs, and leave with who signs out', async ({
  desk,
  openAs,
}) => {
  const say = wordsOf('en')
  const page = await openAs(desk.agent)
  const id = await startConversation(page, { desk, customerName: CUSTOMER })
  const path = `/${desk.tenantKey}/chat/${id}`
  await page.goto(path)
  const choose = (name: string) =>
    page.locator('input[type=file]').setInputFiles({ name, buffer: PDF, mimeType: 'application/pdf' })
  const trayOf = (tab: Page) =>
    tab.getByRole('list', { name: say('chat.attachment.tray') }).getByRole('listitem')
  const progress = page.getByRole('progressbar')
  let uploads = 0
  page.on('response', (response) => (uploads += response.url().includes('/files?') ? 1 : 0))

  await choose('arrived.pdf')
  await expect.poll(() => uploads).toBe(1)
  await expect(progress).toHaveCount(0)
  // Held for good: what is let go when a route is taken away would arrive after all.
  let isHeld = true
  await page.route(/\/files\?/, (route) => (isHeld ? undefined : route.continue()))
  await choose('halfway.pdf')
  await expect(progress).toBeVisible()
  await expect.poll(() => readKept(page)).toContain('halfway.pdf')
  isHeld = false

  await page.reload()
  await expect(trayOf(page)).toHaveCount(2)
  await expect.poll(() => uploads).toBe(2)
  await expect(progress).toHaveCount(0)
  const other = await page.context().newPage()
  await other.goto(path)
  await expect(trayOf(other)).toHaveCount(2)
  await new Inbox(page, say).send(CUSTOMER, 'Both of them')
  await expect(trayOf(page)).toHaveCount(0)
  await expect(trayOf(other)).toHaveCount(0)
  const messages = other.getByRole('region', { name: say('chat.thread.messages'), exact: true })
  await expect(messages.getByRole('link', { name: /(arrived|halfway)\.pdf/ })).toHaveCount(2)
  expect(uploads).toBe(2)

  await choose('left.pdf')
  await expect.poll(() => readKept(page)).toContain('left.pdf')
  await page.getByRole('button', { name: new RegExp(desk.agent.name) }).click()
  await page.getByRole('menuitem', { name: say('common.action.signOut') }).click()
  await page.getByRole('button', { name: say('common.unsent.leave') }).click()
  await expect(page).toHaveURL(/\/sign-in/)
  expect(await readKept(page)).not.toContain('left.pdf')
})
