import { isIP } from 'node:net'
import { DomainError } from '@sarai/api'
import type { FastifyInstance, FastifyRequest } from 'fastify'

const LOOPBACK_NAMES = ['localhost', '127.0.0.1', '[::1]']
/** Asked by load balancers under whatever name they like; they say nothing worth stealing. */
const HEALTH_PATHS = ['/healthz', '/readyz']

/**
 * Refuses requests under a name that is not ours. Otherwise a foreign page could point its own name at this
 * machine (DNS rebinding) and be same-origin with a server that trusts loopback.
 */
export function checkHosts(
  app: FastifyInstance,
  { bound, publicUrl }: { bound: string; publicUrl: URL | undefined },
): void {
  const names = new Set([...LOOPBACK_NAMES, ...(publicUrl ? [publicUrl.hostname] : [])])
  // Bound to every address and told no name: an address is not a name that somebody could point elsewhere.
  const allowsAddresses = !publicUrl && !LOOPBACK_NAMES.includes(bound)

  app.addHook('onRequest', async (request) => {
    if (countHosts(request) > 1) throw new DomainError('INVALID', 'This request names more than one host.')
    const name = URL.parse(`http://${request.host}`)?.hostname ?? ''
    if (names.has(name) || HEALTH_PATHS.includes(request.url)) return
    if (allowsAddresses && isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0) return
    throw new DomainError(
      'FORBIDDEN',
      'This server is not known under that name. Set PUBLIC_URL to its address.',
    )
  })
}

/** Node keeps the first of several; a proxy in front may have looked at the last. */
function countHosts({ raw }: FastifyRequest): number {
  return raw.rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === 'host').length
}
