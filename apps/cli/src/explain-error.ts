import { toWireError } from '@sarai/api'
import { ArchiveError, DatabaseError, PrivateServerError } from '@sarai/db'
import { EnvError } from '@sarai/server/env'
import { ZodError } from 'zod'
import { SomeFailed, UsageError } from './exit-codes.ts'

/** One or two lines for whoever typed the command: what is wrong, and what to do. */
export function explainError(error: unknown): string {
  if (error instanceof ZodError) return error.issues.map(explainIssue).join('\n')
  if (error instanceof UsageError || error instanceof SomeFailed) return error.message
  if (error instanceof ArchiveError) return error.message
  if (error instanceof EnvError || error instanceof PrivateServerError) return error.message
  if (error instanceof DatabaseError && error.code === 'ABORTED')
    return 'Cancelled. What was half made has been taken away.'
  const wire = toWireError(error)
  if (wire) return isServerAway(wire.code) ? `${wire.userMessage} Look with: sarai doctor` : wire.userMessage
  if (error instanceof TypeError && !('code' in error)) return error.message
  return `A fault of Sarai's own: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`
}

function isServerAway(code: string): boolean {
  return code === 'SERVER_UNAVAILABLE' || code === 'TENANT_UNREACHABLE'
}

function explainIssue({ path, message }: { path: PropertyKey[]; message: string }): string {
  return path.length > 0 ? `${path.map(String).join('.')}: ${message}` : message
}
