import { TRPCError } from '@trpc/server'
import { z, ZodError } from 'zod'
import { DomainError, TRPC_CODES, toWireError, type WireError, type WireFields } from './errors.ts'

const INVALID_INPUT = 'Some fields are not right. Check them and try again.'
const OUR_FAULT = 'Something went wrong on our side. It has been logged.'

/** The only place where a DatabaseError or DomainError becomes a TRPCError. Anything else stays as it is. */
export function convertError(error: TRPCError): TRPCError {
  const wire = toWireError(error.cause)
  if (!wire) return error
  return new TRPCError({ code: TRPC_CODES[wire.code], message: wire.userMessage, cause: error.cause })
}

/** What of an error crosses the wire: never a stack, a path, a statement or another tenant's name. */
export function describeError(error: TRPCError): {
  message: string
  domain: WireError | null
  fields: WireFields | null
} {
  const domain = toWireError(error.cause) ?? null
  const fields = findFields(error)
  return { message: domain?.userMessage ?? safeMessage(error, fields !== null), domain, fields }
}

/** Only a refused input has fields; a ZodError thrown further in is a bug of ours. */
function findFields({ code, cause }: TRPCError): WireFields | null {
  if (code !== 'BAD_REQUEST') return null
  if (cause instanceof ZodError) return z.flattenError(cause)
  if (cause instanceof DomainError && cause.fields) return { formErrors: [], fieldErrors: cause.fields }
  return null
}

/** tRPC's own refusals (no such procedure, wrong method) are safe to say; a bug of ours is not. */
function safeMessage(error: TRPCError, hasFields: boolean): string {
  if (hasFields) return INVALID_INPUT
  return error.code === 'INTERNAL_SERVER_ERROR' ? OUR_FAULT : error.message
}
