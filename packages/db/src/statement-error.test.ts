import { describe, expect, test } from 'vitest'
import { DatabaseError } from './errors.ts'
import { isDuplicateKey, isRetryableConflict, RETRY_AFTER_MS, toDatabaseError } from './statement-error.ts'

function mysqlError(fields: { errno?: number; code?: string; fatal?: boolean; sqlMessage?: string }): Error {
  return Object.assign(new Error(fields.sqlMessage ?? 'failed'), fields)
}

describe('errors of statements', () => {
  test('a duplicate key is known by its name on MariaDB and on MySQL', () => {
    const mariadb = mysqlError({
      errno: 1062,
      sqlMessage: "Duplicate entry 'a@b' for key 'customers_live_email'",
    })
    const mysql = mysqlError({
      errno: 1062,
      sqlMessage: "Duplicate entry 'a' for key 'customers.customers_live_email'",
    })
    for (const error of [mariadb, mysql]) {
      expect(isDuplicateKey(error)).toBe(true)
      expect(isDuplicateKey(error, 'customers_live_email')).toBe(true)
      expect(isDuplicateKey(error, 'customers_live_phone')).toBe(false)
    }
  })

  test('a value that looks like a key name fools nobody', () => {
    const sqlMessage = "Duplicate entry 'x' for key 'customers_live_email'' for key 'tags_name'"
    const error = mysqlError({ errno: 1062, sqlMessage })
    expect(isDuplicateKey(error, 'customers_live_email')).toBe(false)
    expect(isDuplicateKey(error, 'tags_name')).toBe(true)
  })

  test('deadlock, lock wait timeout and changed row may be run again; nothing else may', () => {
    for (const errno of [1213, 1205, 1020]) expect(isRetryableConflict(mysqlError({ errno }))).toBe(true)
    for (const errno of [1062, 1064, 1927]) expect(isRetryableConflict(mysqlError({ errno }))).toBe(false)
    expect(isRetryableConflict(new Error('deadlock'))).toBe(false)
    expect(isRetryableConflict(undefined)).toBe(false)
  })

  test.each([
    [{ errno: 1045 }, 'TENANT_UNREACHABLE'],
    [{ errno: 1044 }, 'TENANT_UNREACHABLE'],
    [{ errno: 1049 }, 'TENANT_UNREACHABLE'],
    [{ errno: 1040 }, 'SERVER_UNAVAILABLE'],
    [{ errno: 1203 }, 'SERVER_UNAVAILABLE'],
    [{ errno: 1226 }, 'SERVER_UNAVAILABLE'],
    [{ code: 'ECONNREFUSED', fatal: true }, 'SERVER_UNAVAILABLE'],
    [{ code: 'PROTOCOL_CONNECTION_LOST', fatal: true }, 'CONNECTION_LOST'],
    [{ code: 'ECONNRESET', fatal: true }, 'CONNECTION_LOST'],
    [{ errno: 1927 }, 'CONNECTION_LOST'],
    [
      { fatal: true, sqlMessage: "Can't add new command when connection is in closed state" },
      'CONNECTION_LOST',
    ],
  ])('%j reaches callers as %s with the original as its cause', (fields, code) => {
    const cause = mysqlError(fields)
    const error = toDatabaseError(cause, 'rabin')
    expect(error).toMatchObject({ code, tenant: 'rabin', cause })
  })

  test('an unavailable server says when to try again', () => {
    expect(toDatabaseError(mysqlError({ errno: 1040 }))).toMatchObject({ retryAfterMs: RETRY_AFTER_MS })
  })

  test('what a statement did wrong, and what is typed already, stays as it is', () => {
    const syntax = mysqlError({ errno: 1064 })
    const typed = new DatabaseError('TENANT_BUSY', 'busy')
    const other = new Error('mine')
    for (const error of [syntax, typed, other]) expect(toDatabaseError(error)).toBe(error)
  })
})
