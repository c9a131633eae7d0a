/** Where a server is and who may administer it: create databases and accounts. */
export interface ServerAddress {
  host: string
  port: number
  /** Used instead of host and port where given. */
  socketPath?: string | undefined
  user: string
  password: string
}

const PROTOCOLS = ['mysql:', 'mariadb:']
const PORT_DEFAULT = 3306

/**
 * Reads `mysql://user:password@host:port`.
 *
 * @throws TypeError that says what is wrong and never repeats the password.
 */
export function parseServerUrl(text: string): ServerAddress {
  const url = URL.parse(text)
  if (!url || !PROTOCOLS.includes(url.protocol)) throw new TypeError(`a database URL is ${EXAMPLE}`)
  if (url.hostname === '') throw new TypeError(`the database URL names no host; it is ${EXAMPLE}`)
  if (url.username === '') throw new TypeError(`the database URL names no user; it is ${EXAMPLE}`)
  if (url.pathname.length > 1 || url.search !== '') {
    throw new TypeError(`the database URL ends after the port; it is ${EXAMPLE}`)
  }
  return {
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port: url.port === '' ? PORT_DEFAULT : Number(url.port),
    user: decode(url.username),
    password: decode(url.password),
  }
}

const EXAMPLE = 'mysql://user:password@host:port'

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new TypeError('the user or password in the database URL is not percent-encoded as a URL needs it')
  }
}
