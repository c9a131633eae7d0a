import { createServer } from 'node:net'
import { Stop } from './say.mjs'

/**
 * @param {string} host
 * @param {number} port
 * @param {string} variable by which another port is chosen
 */
export async function checkPortFree(host, port, variable = 'PORT') {
  if (await canListen(host, port)) return
  throw new Stop(
    `Port ${port} on ${host} is in use${(await isSarai(host, port)) ? ' by a Sarai that is running already' : ''}.`,
    `Stop what uses it, or choose another port: ${variable}=${port + 1} npm start`,
  )
}

/**
 * The first that nobody uses, on localhost.
 * @param {number} from
 * @returns {Promise<number>}
 */
export async function findFreePort(from) {
  const isFree = (await canListen('127.0.0.1', from)) && (await canListen('localhost', from))
  return isFree ? from : findFreePort(from + 1)
}

/**
 * @param {string} host
 * @param {number} port
 * @returns {Promise<boolean>}
 */
function canListen(host, port) {
  return new Promise((resolve) => {
    const probe = createServer()
    probe.once('error', () => resolve(false))
    probe.listen(port, host, () => probe.close(() => resolve(true)))
  })
}

/**
 * @param {string} host
 * @param {number} port
 */
async function isSarai(host, port) {
  const url = `http://${host}:${port}/api/internal/tenant-info?tenant_key=`
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(1_000) })
    return (await answer.text()).includes('"error":{"code"')
  } catch {
    return false
  }
}
