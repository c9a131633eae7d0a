import { expect, test } from 'vitest'
import { SessionState } from './session-state.ts'

const IN_TRANSACTION = { serverStatus: 3 }
const AUTOCOMMIT = { serverStatus: 2 }

test.each([
  'select 1',
  '(select 1) union (select 2)',
  'insert into `t` values (?)',
  'with recursive c as (select 1) select * from c',
  'update t set v = 1',
  'create table t (id int)',
  'ALTER TABLE t add v int',
  'show tables',
])('a plain statement leaves the session clean: %s', (sql) => {
  const session = new SessionState()
  session.sending(sql)
  session.succeeded(sql, [])
  expect(session.isClean).toBe(true)
})

test.each([
  "set time_zone = '+05:00'",
  'set @tenant = 1',
  'select @rank := 1',
  'select 1 into @found',
  "select get_lock('migration', 0)",
  "insert into t select get_lock('x', 1)",
  'create temporary table t (id int)',
  'use other',
  'lock tables t read',
  'flush tables with read lock',
  'call do_something()',
  "prepare s from 'select 1'",
  '/*! set sql_mode = 0 */',
  'select 1 /*M!100100 into @x */',
  '-- a comment\nset autocommit = 0',
  'handler t open',
  '',
])('a statement that may leave session state behind makes it dirty: %s', (sql) => {
  const session = new SessionState()
  session.sending(sql)
  expect(session.isClean).toBe(false)
  session.forget()
  expect(session.isClean).toBe(true)
})

test('an open transaction is known from the server, not from the text', () => {
  const session = new SessionState()
  session.sending('begin')
  session.succeeded('begin', IN_TRANSACTION)
  session.succeeded('select 1', [])
  expect([session.isInTransaction, session.isClean]).toEqual([true, false])
  session.succeeded('commit', AUTOCOMMIT)
  expect([session.isInTransaction, session.isClean]).toEqual([false, true])
})

test('commit and chain leaves a transaction open', () => {
  const session = new SessionState()
  session.succeeded('commit and chain', IN_TRANSACTION)
  expect(session.isClean).toBe(false)
})

test('the isolation level that Kysely sets for one transaction is used up by it', () => {
  const session = new SessionState()
  session.sending('set transaction isolation level serializable')
  session.succeeded('set transaction isolation level serializable', AUTOCOMMIT)
  expect(session.isClean).toBe(false)
  session.sending('begin')
  session.succeeded('begin', IN_TRANSACTION)
  session.succeeded('commit', AUTOCOMMIT)
  expect(session.isClean).toBe(true)
})
