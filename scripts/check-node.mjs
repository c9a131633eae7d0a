import { Stop } from './say.mjs'

const NODE_MAJOR_MIN = 20

/**
 * The Node that npm runs on only has to get the toolchain; everything else runs on the workspace's own.
 * @param {string} version such as 20.11.1
 */
export function checkNode(version) {
  if (Number.parseInt(version, 10) >= NODE_MAJOR_MIN) return
  throw new Stop(
    `Sarai needs Node ${NODE_MAJOR_MIN} or later to start; this is Node ${version}.`,
    'Install a current one from https://nodejs.org and run the command again.',
  )
}
