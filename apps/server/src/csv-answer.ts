import { Readable } from 'node:stream'
import { createCaller, DomainError, toWireError } from '@sarai/api'
import { getTRPCErrorFromUnknown } from '@trpc/server'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { contextOf, type Parts } from './context.ts'

type Caller = ReturnType<typeof createCaller>

/** Procedures as the caller of this request, each call a request of its own: rights are asked for anew each time. */
export function callerFor(
  options: Parts,
  request: FastifyRequest,
  requestedTenantKey: string | null,
): Caller {
  return createCaller(() => contextOf(options, { request, requestedTenantKey }))
}

interface Schema<Filter> {
  safeParse(input: unknown): { success: true; data: Filter } | { success: false; error: unknown }
}

/** `?input=`, as JSON. Left out: everything. */
export function readFilter<Filter>(
  { query }: FastifyRequest,
  { schema, everything, from }: { schema: Schema<Filter>; everything: string; from: string },
): Filter {
  const { input = everything } = query as { input?: unknown }
  return check(parseJson(input), { schema, from })
}

/** The same, posted. */
export function readBody<Filter>(
  { body }: FastifyRequest,
  { schema, from }: { schema: Schema<Filter>; from: string },
): Filter {
  return check(body, { schema, from })
}

function check<Filter>(input: unknown, { schema, from }: { schema: Schema<Filter>; from: string }): Filter {
  const filter = schema.safeParse(input)
  if (filter.success) return filter.data
  throw new DomainError('INVALID', `This filter cannot be read. Open ${from} and export from there.`, {
    cause: filter.error,
  })
}

function parseJson(text: unknown): unknown {
  try {
    return JSON.parse(String(text))
  } catch {
    return undefined
  }
}

/** A file made piece by piece, as fast as it is read. */
export function sendCsv(
  reply: FastifyReply,
  { name, pieces }: { name: string; pieces: AsyncIterable<string> },
): FastifyReply {
  const day = new Date().toISOString().slice(0, 10)
  return reply
    .type('text/csv; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}-${day}.csv"`)
    .header('cache-control', 'no-store')
    .send(Readable.from(pieces))
}

/** What the procedure refused, as the other paths answer it. */
export function refuse(error: unknown): never {
  const { cause } = getTRPCErrorFromUnknown(error)
  throw toWireError(cause) ? cause : error
}
