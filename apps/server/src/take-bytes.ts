import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

/** For routes whose body is a file: whatever the sender calls it, the bytes say what it is. They are handed on as they come. */
export function takeBytes(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
}

interface SentBytes {
  body: FastifyRequest['raw']
  /** 0: the sender does not say. */
  declaredBytes: number
}

/** Hands a body on to whoever receives it, and answers with what they make of it. */
export async function answerBytes(
  request: FastifyRequest,
  reply: FastifyReply,
  receive: (sent: SentBytes) => Promise<unknown>,
): Promise<FastifyReply> {
  // Refused before the end, the rest is not listened to.
  reply.header('connection', 'close')
  const declaredBytes = Number(request.headers['content-length'] ?? 0)
  const received = await receive({ body: request.raw, declaredBytes })
  return reply.removeHeader('connection').code(201).header('cache-control', 'no-store').send(received)
}
