import { checkWritable } from './check-writable.mjs'
import { checkPortFree } from './free-port.mjs'
import { ROOT } from './paths.mjs'
import { Stop } from './say.mjs'
import { resolve } from 'node:path'

/** What would stop the server is told before anything is built. */
export async function checkServerSettings() {
  const port = Number(process.env['PORT'] || 3000)
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Stop(
      `PORT is "${process.env['PORT']}", which is no port.`,
      'Use a number, for example: PORT=3001 npm start',
    )
  }
  const host = process.env['HOST'] || '127.0.0.1'
  await checkPortFree(host, port)
  checkWritable(resolve(ROOT, process.env['DATA_DIR'] || '.data'))
  return { host, port }
}
