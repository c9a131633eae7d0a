export interface Credentials {
  email: string
  password: string
}

export const DEMO_PASSWORD = 'sarai-demo'
export const DEMO_EMAILS = [
  'owner@rabin.test',
  'agent@rabin.test',
  'owner@zaitoon.test',
  'operator@sarai.test',
] as const

/** The server says in the page it serves that it holds invented people only; a real one never does. */
export function isDemo(): boolean {
  return document.querySelector('meta[name="sarai-demo"]') !== null
}
