import { createHash, timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'

/** Whatever a proxy on the way may have added. One is enough: the caller is somebody else than the socket says. */
const FORWARDING_HEADERS =
  /^(forwarded|via|x-forwarded|x-forwarded-.+|x-real-ip|x-client-ip|x-cluster-client-ip|x-original-.+|x-envoy-external-address|x-appengine-user-ip|true-client-ip|cf-connecting-ip(v6)?|cf-ray|fastly-client-ip|cdn-loop)$/

const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/

/** The socket comes from this machine and nobody says it was forwarded. Looks at the socket, never at a header's word. */
export function isDirectLoopback(request: FastifyRequest): boolean {
  const { remoteAddress } = request.raw.socket
  if (remoteAddress === undefined || !LOOPBACK.test(remoteAddress)) return false
  return !Object.keys(request.headers).some((header) => FORWARDING_HEADERS.test(header))
}

/** Hashed before the comparison, so that neither the length nor the first wrong byte shows in the time. */
export function hasInternalToken(request: FastifyRequest, token: string): boolean {
  const given = readBearer(request)
  return given !== null && timingSafeEqual(digest(given), digest(token))
}

/** What a program shows instead of a cookie; null for any other kind of authorization. */
export function readBearer({ headers }: Pick<FastifyRequest, 'headers'>): string | null {
  return /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1] ?? null
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest()
}
