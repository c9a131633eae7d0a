import { DomainError } from '@sarai/api'
import { ArchiveError, DatabaseError } from '@sarai/db'
import { EnvError } from '@sarai/server/env'
import { ZodError } from 'zod'

/** What a script goes by. Told by `sarai --help`; never given another meaning. */
export const EXIT_CODES = {
  ok: 0,
  /** A bug of ours. */
  failed: 1,
  /** An option, an argument or a setting is wrong: nothing was done. */
  usage: 2,
  /** No such tenant or user. */
  notFound: 3,
  /** The state of things does not allow it. */
  conflict: 4,
  /** The database cannot be reached or is busy: try again. */
  unavailable: 5,
  /** `doctor` has found a problem; or of many some have failed. */
  problems: 6,
  /** By Ctrl-C, as shells number it, or by somebody elsewhere; what was half made is away. */
  cancelled: 130,
} as const
export type ExitCode = (typeof EXIT_CODES)[keyof typeof EXIT_CODES]

/** Wrong in what was typed, with what to do. */
export class UsageError extends Error {}

/** Some of many have failed; what is to be said has been said. */
export class SomeFailed extends Error {}

const USAGE = [UsageError, ArchiveError, EnvError, ZodError]
const NOT_FOUND: readonly string[] = ['TENANT_UNKNOWN', 'NOT_FOUND']
const CONFLICT: readonly string[] = [
  'TENANT_EXISTS',
  'TENANT_SUSPENDED',
  'TENANT_ARCHIVED',
  'CONFLICT',
  'FORBIDDEN',
]

export function exitCodeOf(error: unknown): ExitCode {
  if (error instanceof SomeFailed) return EXIT_CODES.problems
  if (USAGE.some((kind) => error instanceof kind)) return EXIT_CODES.usage
  if (!(error instanceof DomainError || error instanceof DatabaseError)) return EXIT_CODES.failed
  if (error.code === 'ABORTED') return EXIT_CODES.cancelled
  if (NOT_FOUND.includes(error.code)) return EXIT_CODES.notFound
  if (CONFLICT.includes(error.code)) return EXIT_CODES.conflict
  if (error.code === 'INVALID') return EXIT_CODES.usage
  return EXIT_CODES.unavailable
}
