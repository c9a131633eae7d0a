import { createTransport } from 'nodemailer'
import type { Log } from '../context.ts'
import type { MailText } from './mail-text.ts'

/** For the server to take one message, each step of it. */
const SMTP_TIMEOUT_MS = 10_000
/** Messages on their way at once; more wait their turn. */
const SMTP_CONNECTIONS_MAX = 2

export interface MailOptions {
  /** `smtp://user:password@host:port`, or `smtps://`. */
  url: string
  /** Whom messages are from: `Sarai <desk@example.com>`. */
  from: string
  log: Log
}

/** Sends what people are told outside the product. Never inside a transaction: a slow server would hold its locks. */
export interface Mail {
  /** Whether the mail server took it. Never throws; a failure is logged without the address or the text. */
  send(to: string, text: MailText): Promise<boolean>
  close(): void
}

/** One connection to the mail server, opened on first use. */
export function createMail({ url, from, log }: MailOptions): Mail {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: SMTP_CONNECTIONS_MAX,
    connectionTimeout: SMTP_TIMEOUT_MS,
    greetingTimeout: SMTP_TIMEOUT_MS,
    socketTimeout: SMTP_TIMEOUT_MS,
    // A message is what we wrote: nothing is fetched from a disk or an address because a text says so.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send(to, { subject, text, html }) {
      try {
        await transport.sendMail({ from, to: { name: '', address: to }, subject, text, html })
        return true
      } catch (error) {
        log.warn(
          { code: error instanceof Error && 'code' in error ? error.code : 'unknown' },
          'mail not sent',
        )
        return false
      }
    },
    close: () => transport.close(),
  }
}
