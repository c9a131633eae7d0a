import { randomBytes, randomUUID } from 'node:crypto'
import { chmod, link, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { APP_SECRET_BYTES_MIN, EnvError } from './env.ts'

/** Kept beside the private server's data: without it the tenants' passwords in there cannot be opened. */
const FILE = 'app-secret'

/** The secret that was given, or the one made at the first start and kept for this user alone (mode 600). */
export async function findAppSecret({
  given,
  dataDir,
}: {
  given?: string | undefined
  dataDir: string
}): Promise<string> {
  if (given !== undefined) return given
  const path = join(dataDir, FILE)
  const kept = await readKept(path)
  if (kept !== undefined) return kept
  await mkdir(dataDir, { recursive: true })
  // Written beside and then linked: a start that is interrupted leaves the whole secret or none, and of two
  // starts at once one wins. A process id would not do as its name: containers that share a folder share those.
  const draft = `${path}.${randomUUID()}`
  try {
    await writeFile(draft, randomBytes(48).toString('base64url'), { mode: 0o600, flag: 'wx' })
    await link(draft, path).catch(ignoreExisting)
  } finally {
    await rm(draft, { force: true })
  }
  return (await readKept(path)) ?? fail(path)
}

async function readKept(path: string): Promise<string | undefined> {
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (hasCode(error, 'ENOENT')) return undefined
    throw error
  })
  if (text === undefined) return undefined
  const secret = text.trim()
  if (Buffer.byteLength(secret) < APP_SECRET_BYTES_MIN) fail(path)
  await chmod(path, 0o600)
  return secret
}

function ignoreExisting(error: unknown): void {
  if (!hasCode(error, 'EEXIST')) throw error
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}

function fail(path: string): never {
  throw new EnvError(`The secret kept in ${path} is damaged. Put the old one back, or set APP_SECRET to it.`)
}
