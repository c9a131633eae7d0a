import { expect, type Locator, type Page } from '@playwright/test'
import type { Say } from './words.ts'

/** The chat page as a person works with it. */
export class Inbox {
  readonly page: Page
  readonly #say: Say

  constructor(page: Page, say: Say) {
    this.page = page
    this.#say = say
  }

  async open(): Promise<void> {
    await this.page.getByRole('link', { name: this.#say('common.nav.chat'), exact: true }).click()
    await expect(this.page.getByRole('heading', { name: this.#say('chat.title') })).toBeVisible()
  }

  async showAll(): Promise<void> {
    await this.page.getByRole('tab', { name: this.#say('chat.list.all') }).click()
  }

  /** A row of the list. */
  conversationWith(customerName: string): Locator {
    return this.page
      .getByRole('region', { name: this.#say('chat.list.label') })
      .getByRole('link', { name: customerName })
  }

  composer(customerName: string): Locator {
    return this.page.getByRole('textbox', {
      name: this.#say('chat.composer.label', { name: customerName }),
    })
  }

  async send(customerName: string, text: string): Promise<void> {
    const composer = this.composer(customerName)
    await composer.fill(text)
    await composer.press('Enter')
    await expect(composer).toHaveValue('')
  }

  /** What has been said, from the top, each as often as it stands there. */
  async readMessages(): Promise<string[]> {
    const texts = await this.#messages().allInnerTexts()
    return texts.map((text) => text.trim())
  }

  async expectMessages(expected: readonly string[]): Promise<void> {
    await expect.poll(() => this.readMessages(), { timeout: 60_000 }).toEqual(expected)
  }

  #messages(): Locator {
    return this.page.getByRole('region', { name: this.#say('chat.thread.messages') }).locator('[data-key] p')
  }
}
