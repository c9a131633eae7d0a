import type { Page } from '@playwright/test'

export interface Call {
  /** `/trpc` or `/t/:tenantKey/trpc`. */
  api: string
  procedure: string
  input: object
}

/** A mutation over HTTP, as any client would send it, by whoever is signed in on that page. */
export async function call(page: Page, { api, procedure, input }: Call): Promise<unknown> {
  const answer = await page.request.post(`${api}/${procedure}`, {
    data: input,
    headers: { origin: new URL(page.url()).origin },
  })
  if (!answer.ok()) throw new Error(`${procedure} failed: ${answer.status()} ${await answer.text()}`)
  return answer.json()
}
