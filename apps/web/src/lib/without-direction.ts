import type { AppRouter } from '@sarai/api'
import type { TRPCLink } from '@trpc/client'

/**
 * For each page of an infinite query tRPC's adapter adds which way one scrolls. No list of ours asks, and
 * inputs are strict, so it is taken out again before anything is sent.
 */
export const withoutDirection: TRPCLink<AppRouter> = () => (request) => {
  const { op, next } = request
  if (op.type !== 'query' || !hasDirection(op.input)) return next(op)
  const { direction: _, ...input } = op.input
  return next({ ...op, input })
}

function hasDirection(input: unknown): input is { direction: unknown } {
  return typeof input === 'object' && input !== null && 'direction' in input
}
