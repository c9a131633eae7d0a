import { runWithServer } from './run-with-server.mjs'

/** The long run of what `npm test` does for some seconds. @param {string[]} args operations and a seed, if wanted */
export function command(args) {
  return runWithServer('packages/db/fault/isolation-command.ts', args)
}
