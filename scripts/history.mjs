import { runWithServer } from './run-with-server.mjs'

/** The long run of what `npm test` does for some seconds. @param {string[]} args messages and a seed, if wanted */
export function command(args) {
  return runWithServer('apps/server/history/history-command.ts', args)
}
