import type { Auth } from '@sarai/api'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { toHeaders } from './context.ts'
import { checkOrigins } from './origin-check.ts'

/** An e-mail address and a password. */
const AUTH_BODY_BYTES_MAX = 4 * 1024

/** `/api/auth/*`, behind the auth folder's three endpoints. */
export async function addAuthRoutes(
  app: FastifyInstance,
  { auth, publicUrl }: { auth: Auth; publicUrl: URL | undefined },
): Promise<void> {
  await app.register(async (scope) => {
    checkOrigins(scope, publicUrl)
    scope.route({
      method: ['GET', 'POST'],
      url: '/api/auth/*',
      bodyLimit: AUTH_BODY_BYTES_MAX,
      handler: async (request, reply) =>
        send(reply, await auth.handler(toRequest(request), { address: request.ip })),
    })
  })
}

/** The body was read and parsed by Fastify, with its limits; only JSON gets so far. */
function toRequest(request: FastifyRequest): Request {
  const headers = toHeaders(request.headers)
  // Belongs to the body as it was sent, not as it is written again here.
  headers.delete('content-length')
  const url = new URL(request.url, 'http://localhost')
  if (request.method !== 'POST') return new Request(url, { headers })
  return new Request(url, { method: 'POST', headers, body: JSON.stringify(request.body ?? null) })
}

async function send(reply: FastifyReply, response: Response): Promise<FastifyReply> {
  for (const [name, value] of response.headers) if (name !== 'set-cookie') reply.header(name, value)
  for (const cookie of response.headers.getSetCookie()) reply.header('set-cookie', cookie)
  return reply.code(response.status).send(await response.text())
}
