import { TRPCClientError } from '@trpc/client'
import { expect, test } from 'vitest'
import { toOutcome } from './send-files.ts'
import { UPLOAD_FAILURES, UploadError } from './upload-file.ts'

const outcomeOf = (error: unknown, expired: string[] = []) =>
  toOutcome({ expire: (ids) => expired.push(...ids) }, error)

test('a file that could not go now is tried again; one that never will is given back to the author', () => {
  const outcomes = UPLOAD_FAILURES.map((failure) => {
    const outcome = outcomeOf(new UploadError(failure))
    return `${failure}: ${outcome.type} ${'failure' in outcome ? outcome.failure : ''}`
  })
  expect(outcomes).toEqual([
    'network: transient network',
    'busy: transient busy',
    'signedOut: refused signedOut',
    'forbidden: refused forbidden',
    'tooLarge: refused file',
    'type: refused file',
    'tooMany: refused file',
    'lost: refused fileLost',
    'unexpected: refused file',
  ])
})

test('a file that the server has swept meanwhile is uploaded again; a conversation that is gone is told', () => {
  const refuse = (details: object | null) =>
    TRPCClientError.from({
      error: {
        code: -32004,
        message: '',
        data: {
          code: 'NOT_FOUND',
          httpStatus: 404,
          fields: null,
          domain: { code: 'NOT_FOUND', userMessage: '', details },
        },
      },
    })
  const expired: string[] = []
  expect(outcomeOf(refuse({ attachmentIds: ['one'] }), expired)).toMatchObject({ type: 'transient' })
  expect(expired).toEqual(['one'])
  expect(outcomeOf(refuse(null), expired)).toEqual({ type: 'refused', failure: 'gone' })
  expect(expired).toEqual(['one'])
})
