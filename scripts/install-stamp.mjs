import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const STAMP = join('node_modules', '.sarai-installed')
/** What decides which packages are there. */
const SOURCES = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json']

/**
 * Whether the last install that finished was made from the lock file that is here now. A half-finished
 * install has no stamp; a folder copied from another kind of machine has another one.
 * @param {string} root
 */
export function isInstalled(root) {
  const stamp = join(root, STAMP)
  return existsSync(stamp) && readFileSync(stamp, 'utf8') === fingerprint(root)
}

/** @param {string} root */
export function stampInstalled(root) {
  writeFileSync(join(root, STAMP), fingerprint(root))
}

/** @param {string} root */
function fingerprint(root) {
  const hash = createHash('sha256').update(`${process.platform} ${process.arch}`)
  for (const file of SOURCES) hash.update(readFileSync(join(root, file)))
  return hash.digest('hex')
}
