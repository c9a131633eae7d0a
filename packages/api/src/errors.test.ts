import { DatabaseError } from '@sarai/db'
import { TRPCError } from '@trpc/server'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { convertError, describeError } from './error-shape.ts'
import { DomainError, toWireError } from './errors.ts'

function wrap(cause: unknown): TRPCError {
  return new TRPCError({ code: 'INTERNAL_SERVER_ERROR', cause })
}

describe('an error', () => {
  test('of the domain crosses the wire with its code, its sentence and its details', () => {
    const converted = convertError(wrap(new DomainError('CONFLICT', 'Taken.', { details: { id: '1' } })))
    expect(converted.code).toBe('CONFLICT')
    expect(describeError(converted)).toEqual({
      message: 'Taken.',
      domain: { code: 'CONFLICT', userMessage: 'Taken.', details: { id: '1' } },
      fields: null,
    })
  })

  test('of the database says when to try again and nothing of who held what', () => {
    const error = new DatabaseError('TENANT_BUSY', 'queue full', {
      tenant: 'rabin',
      retryAfterMs: 250,
      stats: { holders: ['zaitoon'] },
      cause: new Error('select * from secrets'),
    })
    const wire = describeError(convertError(wrap(error)))
    expect(wire.domain).toEqual({
      code: 'TENANT_BUSY',
      userMessage: expect.stringContaining('busy'),
      details: { retryAfterMs: 250 },
    })
    expect(JSON.stringify(wire)).not.toMatch(/zaitoon|rabin|secrets/)
  })

  test.each(['SCOPE_ENDED', 'SCOPE_NESTED'] as const)(
    '%s is a bug of ours: the caller learns nothing',
    (code) => {
      expect(toWireError(new DatabaseError(code, 'the scope of rabin ended'))).toBeUndefined()
      const converted = convertError(wrap(new DatabaseError(code, 'the scope of rabin ended')))
      expect(converted.code).toBe('INTERNAL_SERVER_ERROR')
      expect(JSON.stringify(describeError(converted))).not.toContain('rabin')
    },
  )

  test('nobody expected says nothing of itself', () => {
    const { message, domain, fields } = describeError(wrap(new Error('ER_PARSE_ERROR near secret')))
    expect(message).toBe('Something went wrong on our side. It has been logged.')
    expect([domain, fields]).toEqual([null, null])
  })

  test('of a schema comes with a message for each field', () => {
    const { error } = z.object({ name: z.string().min(1) }).safeParse({ name: '' })
    const { domain, fields } = describeError(new TRPCError({ code: 'BAD_REQUEST', cause: error }))
    expect(domain).toBeNull()
    expect(fields).toEqual({ formErrors: [], fieldErrors: { name: [expect.any(String)] } })
  })

  test('of a field that only we can check has the shape of a schema error', () => {
    const cause = new DomainError('INVALID', 'Check it.', { fields: { phone: ['No phone.'] } })
    const { domain, fields } = describeError(convertError(wrap(cause)))
    expect(domain?.code).toBe('INVALID')
    expect(fields).toEqual({ formErrors: [], fieldErrors: { phone: ['No phone.'] } })
  })

  test('of a schema inside our own code is a bug, not the fault of the caller', () => {
    const { error } = z.string().safeParse(1)
    expect(describeError(wrap(error))).toMatchObject({
      fields: null,
      message: expect.stringContaining('our side'),
    })
  })
})
