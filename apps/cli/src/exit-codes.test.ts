import { DomainError } from '@sarai/api'
import { DatabaseError } from '@sarai/db'
import { EnvError } from '@sarai/server/env'
import { expect, test } from 'vitest'
import { EXIT_CODES, exitCodeOf, SomeFailed, UsageError } from './exit-codes.ts'
import { explainError } from './explain-error.ts'

test.each([
  [new UsageError('wrong'), EXIT_CODES.usage],
  [new EnvError('PORT must be a number'), EXIT_CODES.usage],
  [new DatabaseError('TENANT_UNKNOWN', 'no'), EXIT_CODES.notFound],
  [new DomainError('NOT_FOUND', 'no'), EXIT_CODES.notFound],
  [new DatabaseError('TENANT_EXISTS', 'no'), EXIT_CODES.conflict],
  [new DomainError('CONFLICT', 'no'), EXIT_CODES.conflict],
  [new DatabaseError('SERVER_UNAVAILABLE', 'no'), EXIT_CODES.unavailable],
  [new DatabaseError('TENANT_BUSY', 'no'), EXIT_CODES.unavailable],
  [new SomeFailed('two'), EXIT_CODES.problems],
  [new Error('a bug'), EXIT_CODES.failed],
])('%s ends with the code that scripts know', (error, code) => {
  expect(exitCodeOf(error)).toBe(code)
})

test('what nobody can mend is told with its stack, everything else in a sentence', () => {
  expect(explainError(new Error('a bug'))).toContain('at ')
  expect(explainError(new DatabaseError('SERVER_UNAVAILABLE', 'secret detail'))).toMatch(/sarai doctor$/)
  expect(explainError(new DatabaseError('SERVER_UNAVAILABLE', 'secret detail'))).not.toContain('detail')
})
