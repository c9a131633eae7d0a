/** A browser keeps 64 KiB in all alive behind a page that is left; a longer body is sent without that. */
export const KEPT_ALIVE_CHARACTERS_MAX = 4_000

/** What was shown as done at once is sent, though the page is closed or left in the same moment. */
export function send(url: RequestInfo | URL, init?: object): Promise<Response> {
  const request: RequestInit = { ...init }
  const { method, body } = request
  const keepalive = method === 'POST' && typeof body === 'string' && body.length <= KEPT_ALIVE_CHARACTERS_MAX
  return fetch(url, { ...request, keepalive })
}
