import helmet from '@fastify/helmet'
import type { FastifyInstance, FastifyReply } from 'fastify'

const PERMISSIONS_POLICY = [
  'camera',
  'microphone',
  'geolocation',
  'payment',
  'usb',
  'browsing-topics',
  'display-capture',
]
  .map((feature) => `${feature}=()`)
  .join(', ')

/** Nothing from elsewhere, nothing inline; a page may carry styles under the nonce it was served with. */
function contentSecurityPolicy(styleNonce?: string) {
  return {
    useDefaults: false,
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      scriptSrcAttr: ["'none'"],
      styleSrc: ["'self'", ...(styleNonce === undefined ? [] : [`'nonce-${styleNonce}'`])],
      imgSrc: ["'self'", 'data:', 'blob:'],
      fontSrc: ["'self'"],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      frameSrc: ["'none'"],
      frameAncestors: ["'none'"],
      baseUri: ["'self'"],
      formAction: ["'self'"],
    },
  }
}

export async function addSecurityHeaders(
  app: FastifyInstance,
  { isHttps }: { isHttps: boolean },
): Promise<void> {
  await app.register(helmet, {
    contentSecurityPolicy: contentSecurityPolicy(),
    crossOriginOpenerPolicy: { policy: 'same-origin' },
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: isHttps && { maxAge: 365 * 24 * 60 * 60 },
    xFrameOptions: { action: 'deny' },
  })
  app.addHook('onRequest', async (_request, reply) => {
    reply.header('permissions-policy', PERMISSIONS_POLICY)
  })
}

/** What Fastify refuses before any plugin has seen it, a path that cannot be read: JSON, and nothing more is allowed it. */
const BARE_HEADERS = {
  'content-security-policy': "default-src 'none';frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

export function setBareHeaders(reply: FastifyReply): void {
  reply.headers(BARE_HEADERS)
}

/** For the page alone: the policy that lets in `<style nonce=…>`. */
export function allowStyleNonce(reply: FastifyReply, styleNonce: string): void {
  reply.helmet({ contentSecurityPolicy: contentSecurityPolicy(styleNonce) })
}
