import { DomainError } from '@sarai/api'
import type { FastifyBodyParser, FastifyInstance } from 'fastify'

/** Deeper than any input of ours. JSON is parsed without recursion, but not all that handles it afterwards is. */
export const JSON_DEPTH_MAX = 32

/**
 * Fastify's own parser, which refuses `__proto__` and `constructor.prototype`; an empty body means no input. No text with
 * half a character or NUL comes in: neither is stored as it is, and a database, a file or a log may cut at it.
 */
export function parseJson(app: FastifyInstance): FastifyBodyParser<string> {
  const parse = app.getDefaultJsonParser('error', 'error')
  return (request, body, done) => {
    if (body === '') return done(null, undefined)
    return parse(request, body, (error, value: unknown) => {
      done(error ?? findFault(value), value)
    })
  }
}

/** Level by level, so that depth costs no stack. */
function findFault(body: unknown): DomainError | null {
  let level: unknown[] = [body]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > JSON_DEPTH_MAX) {
      return new DomainError('INVALID', `What is sent may be nested ${JSON_DEPTH_MAX} levels deep at most.`)
    }
    if (level.some((value) => typeof value === 'string' && !isText(value))) {
      return new DomainError('INVALID', 'This text contains characters that cannot be saved. Type it again.')
    }
    level = level.flatMap(partsOf)
  }
  return null
}

function partsOf(value: unknown): unknown[] {
  return typeof value === 'object' && value !== null ? Object.values(value) : []
}

function isText(value: string): boolean {
  return value.isWellFormed() && !value.includes('\0')
}
