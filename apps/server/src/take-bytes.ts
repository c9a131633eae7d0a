import type { FastifyInstance } from 'fastify'

/** For routes whose body is a file: whatever the sender calls it, the bytes say what it is. They are handed on as they come. */
export function takeBytes(scope: FastifyInstance): void {
  scope.removeAllContentTypeParsers()
  scope.addContentTypeParser('*', (_request, payload, done) => done(null, payload))
}
