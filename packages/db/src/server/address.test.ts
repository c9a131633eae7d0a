import { describe, expect, test } from 'vitest'
import { parseServerUrl } from './address.ts'
import { chooseConnectionsMax, CONNECTIONS_CAP, CONNECTIONS_MIN } from './admin.ts'

describe('a database URL', () => {
  test('says host, port, user and password, percent-encoding undone', () => {
    expect(parseServerUrl('mysql://ad%40min:p%2Fw%3A%25@db.example:3307')).toEqual({
      host: 'db.example',
      port: 3307,
      user: 'ad@min',
      password: 'p/w:%',
    })
    expect(parseServerUrl('mariadb://u@[::1]')).toEqual({ host: '::1', port: 3306, user: 'u', password: '' })
  })

  test.each([
    ['', /is mysql:/],
    ['localhost:3306', /is mysql:/],
    ['postgres://u:secret@h', /is mysql:/],
    ['mysql://:secret@h', /names no user/],
    ['mysql://u:secret@h/db', /ends after the port/],
    ['mysql://u:secret@h?ssl=1', /ends after the port/],
    ['mysql://u:secret%@h', /percent-encoded/],
  ])('%j is refused, and the password is not repeated', (url, reason) => {
    expect(() => parseServerUrl(url)).toThrow(reason)
    expect(() => parseServerUrl(url)).not.toThrow(/secret/)
  })
})

describe('the default budget', () => {
  test.each([
    [20, 15],
    [10, 5],
    [6, CONNECTIONS_MIN],
    [1, CONNECTIONS_MIN],
    [100, CONNECTIONS_CAP],
    [5_000, CONNECTIONS_CAP],
  ])('of a server with %i connections is %i', (serverMax, budget) => {
    expect(chooseConnectionsMax(serverMax)).toBe(budget)
  })
})
