import { delimiter, join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** Programs of the workspace's packages, Node 24 among them. */
export const BIN = join(ROOT, 'node_modules', '.bin')
/** pnpm, as turbo wants to find it. */
export const TOOLCHAIN_BIN = join(ROOT, '.toolchain', 'bin')

/** For everything that is started: our Node and tools first, and nobody phones home. */
export function toolEnvironment() {
  return {
    ...process.env,
    PATH: [BIN, TOOLCHAIN_BIN, process.env['PATH']].join(delimiter),
    DO_NOT_TRACK: '1',
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
    BETTER_AUTH_TELEMETRY: '0',
  }
}
