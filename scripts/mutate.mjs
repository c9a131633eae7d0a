import { runWithServer } from './run-with-server.mjs'

/** Takes out each guard of the pool in turn and looks whether a test fails. @param {string[]} args parts of guards' names */
export function command(args) {
  return runWithServer('packages/db/fault/mutate.ts', args)
}
