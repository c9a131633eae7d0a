import { resolve } from 'node:path'
import { parseStorageUrl, type StorageLocation } from '@sarai/api'
import { parseServerUrl } from '@sarai/db'
import { z } from 'zod'

export const APP_SECRET_BYTES_MIN = 32
const PORT_MAX = 65_535
const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const

/** A value that stops the start; the message names the variable and never repeats a secret. */
export class EnvError extends Error {}

const wholeNumber = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/, { error: `must be a whole number from ${min} to ${max}` })
    .transform(Number)
    .refine((value) => value >= min && value <= max, {
      error: `must be a whole number from ${min} to ${max}`,
    })

const milliseconds = wholeNumber(1, 24 * 60 * 60 * 1000)
const connections = wholeNumber(1, 10_000)

const databaseUrl = z.string().transform((text, context) => {
  try {
    return parseServerUrl(text)
  } catch {
    context.addIssue({ code: 'custom', message: 'must be mysql://user:password@host:port' })
    return z.NEVER
  }
})

const storageUrl = z.string().transform((text, context) => {
  try {
    return parseStorageUrl(text)
  } catch {
    context.addIssue({
      code: 'custom',
      message: 'must be file:///folder or s3://key:secret@host:port/bucket?region=…',
    })
    return z.NEVER
  }
})

/** As `https://desk.example`: where people reach the server, without a path. */
const publicUrl = z.string().transform((text, context) => {
  const url = URL.parse(text)
  if (url && ['http:', 'https:'].includes(url.protocol) && url.href === `${url.origin}/`) return url
  context.addIssue({ code: 'custom', message: 'must be an http(s) address without a path' })
  return z.NEVER
})

/** Addresses or networks, `10.0.0.0/8`, whose word on who the caller is counts. */
const trustedProxies = z
  .string()
  .transform((list) => list.split(',').map((entry) => entry.trim()))
  .pipe(
    z.array(
      z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
        error: 'must be addresses or networks, separated by commas',
      }),
    ),
  )

/** Checked for its form alone: whether the server is there shows with the first message. */
const smtpUrl = z.string().refine((text) => ['smtp:', 'smtps:'].includes(URL.parse(text)?.protocol ?? ''), {
  error: 'must be smtp://user:password@host:port or smtps://user:password@host:port',
})

const Variables = z.object({
  PORT: wholeNumber(0, PORT_MAX).default(3000),
  HOST: z
    .union([z.hostname(), z.ipv4(), z.ipv6()], { error: 'must be a host name or an address' })
    .default('127.0.0.1'),
  PUBLIC_URL: publicUrl.optional(),
  TRUSTED_PROXIES: trustedProxies.default([]),
  DATABASE_URL: databaseUrl.optional(),
  DATA_DIR: z.string().default('.data'),
  STORAGE_URL: storageUrl.optional(),
  APP_SECRET: z
    .string()
    .refine((secret) => Buffer.byteLength(secret) >= APP_SECRET_BYTES_MIN, {
      error: `must have at least ${APP_SECRET_BYTES_MIN} bytes`,
    })
    .optional(),
  INTERNAL_API_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]+$/, { error: 'must be visible ASCII characters without spaces' })
    .optional(),
  SMTP_URL: smtpUrl.optional(),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n]{1,200}@[^\r\n]{1,200}$/, { error: 'must be an e-mail address, with a name or without' })
    .default('Sarai <sarai@localhost>'),
  SARAI_DEMO: z.enum(['0', '1'], { error: 'must be 0 or 1' }).optional(),
  LOG_LEVEL: z.enum(LOG_LEVELS, { error: `must be one of ${LOG_LEVELS.join(', ')}` }).default('info'),
  POOL_CONNECTIONS_MAX: connections.optional(),
  POOL_TENANT_CONNECTIONS_MAX: connections.optional(),
  POOL_ACQUIRE_TIMEOUT_MS: milliseconds.default(3_000),
  POOL_QUEUE_MAX: wholeNumber(1, 1_000_000).optional(),
  POOL_LEASE_WARN_MS: milliseconds.default(10_000),
  POOL_LEASE_MAX_MS: milliseconds.default(60_000),
  POOL_IDLE_MS: milliseconds.default(60_000),
  TENANT_SPARES_MAX: wholeNumber(0, 100).default(2),
})

export type Env = z.infer<typeof Variables> & { isDemo: boolean }

/**
 * All that can be set from outside. An empty variable counts as left out.
 *
 * @throws EnvError: one line that names the variable
 */
export function readEnv(source: NodeJS.ProcessEnv = process.env): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''))
  const parsed = Variables.safeParse(given)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    throw new EnvError(
      `${issue?.path[0]?.toString() ?? 'The environment'} ${issue?.message ?? 'is not right'}.`,
    )
  }
  const env = parsed.data
  if (env.DATABASE_URL && !env.APP_SECRET) {
    throw new EnvError('APP_SECRET must be set together with DATABASE_URL: it opens what is stored there.')
  }
  if (env.POOL_LEASE_WARN_MS > env.POOL_LEASE_MAX_MS) {
    throw new EnvError('POOL_LEASE_WARN_MS must not be more than POOL_LEASE_MAX_MS.')
  }
  return { ...env, isDemo: env.SARAI_DEMO === undefined ? !env.DATABASE_URL : env.SARAI_DEMO === '1' }
}

/** Under DATA_DIR, where no other place for files is set. */
const FILES_FOLDER = 'files'

/** Where the bytes of files are kept. */
export function storageOf({ STORAGE_URL, DATA_DIR }: Pick<Env, 'STORAGE_URL' | 'DATA_DIR'>): StorageLocation {
  return STORAGE_URL ?? { kind: 'folder', path: resolve(DATA_DIR, FILES_FOLDER) }
}
