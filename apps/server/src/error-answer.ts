import { toWireError, TRPC_CODES, type WireError } from '@sarai/api'
import { type TRPC_ERROR_CODE_KEY, TRPC_ERROR_CODES_BY_KEY } from '@trpc/server/rpc'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { RequestLog } from './request-log.ts'

type ErrorKey = (typeof TRPC_CODES)[keyof typeof TRPC_CODES] | keyof typeof REFUSALS

/** What Fastify itself refuses before a route sees it. Its own messages may repeat what was sent; these do not. */
const REFUSALS = {
  BAD_REQUEST: 'This request cannot be read.',
  FORBIDDEN: 'This is not allowed.',
  NOT_FOUND: 'There is nothing at this address.',
  METHOD_NOT_SUPPORTED: 'This address does not take this kind of request.',
  TIMEOUT: 'The request took too long to arrive.',
  PAYLOAD_TOO_LARGE: 'The request is too large.',
  UNSUPPORTED_MEDIA_TYPE: 'Only application/json is accepted here.',
  INTERNAL_SERVER_ERROR: 'Something went wrong on our side. It has been logged.',
} as const satisfies Partial<Record<TRPC_ERROR_CODE_KEY, string>>

const HTTP_STATUS: Record<ErrorKey, number> = {
  BAD_REQUEST: 400,
  UNAUTHORIZED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  METHOD_NOT_SUPPORTED: 405,
  TIMEOUT: 408,
  CONFLICT: 409,
  PAYLOAD_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  TOO_MANY_REQUESTS: 429,
  CLIENT_CLOSED_REQUEST: 499,
  INTERNAL_SERVER_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
}

export interface ErrorAnswer {
  status: number
  key: ErrorKey
  message: string
  /** Null for what neither the product nor the database refused. */
  domain: WireError | null
}

/** What a caller is told of anything that was thrown: never a stack, a path on disk or SQL. */
export function toErrorAnswer(error: unknown): ErrorAnswer {
  const domain = toWireError(error) ?? null
  const status = domain ? HTTP_STATUS[TRPC_CODES[domain.code]] : statusOf(error)
  const key = domain ? TRPC_CODES[domain.code] : keyOfStatus(status)
  return {
    status,
    key,
    message: domain?.userMessage ?? REFUSALS[key as keyof typeof REFUSALS],
    domain,
  }
}

function statusOf(error: unknown): number {
  const status = error instanceof Error ? (error as Partial<FastifyError>).statusCode : undefined
  return status !== undefined && status >= 400 && status < 500 ? status : 500
}

function keyOfStatus(status: number): keyof typeof REFUSALS {
  const keys = Object.keys(REFUSALS) as (keyof typeof REFUSALS)[]
  return keys.find((key) => HTTP_STATUS[key] === status) ?? 'BAD_REQUEST'
}

/** For every path but tRPC's: `{ error: { code, message, details? } }`. */
export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const answer = prepareAnswer(error, request, reply)
  const { key, message, domain } = answer
  const details = domain?.details
  void reply.send({ error: { code: domain?.code ?? key, message, ...(details ? { details } : {}) } })
}

/** What tRPC's clients read: the shape that procedures' errors have. */
export function sendTrpcError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const { status, key, message, domain } = prepareAnswer(error, request, reply)
  const data = { code: key, httpStatus: status, domain, fields: null }
  void reply.send({ error: { message, code: TRPC_ERROR_CODES_BY_KEY[key], data } })
}

function prepareAnswer(error: unknown, request: FastifyRequest, reply: FastifyReply): ErrorAnswer {
  const answer = toErrorAnswer(error)
  if (answer.status === 500) (request.log as RequestLog).error({ err: error }, 'request failed')
  const retryAfterMs = answer.domain?.details?.['retryAfterMs']
  if (typeof retryAfterMs === 'number') reply.header('retry-after', Math.ceil(retryAfterMs / 1000))
  reply.code(answer.status).header('cache-control', 'no-store').type('application/json; charset=utf-8')
  return answer
}
