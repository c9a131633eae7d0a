import { expect, test } from 'vitest'
import { permissionsOf } from './access.ts'
import { BUILT_IN_ROLES, PERMISSIONS } from './schema.ts'

const role = { built_in: 'agent' as const, known_permissions: PERMISSIONS.join(' ') }
const rowsOf = (permissions: readonly string[]) => permissions.map((permission) => ({ permission }))

test('an owner has every permission, whatever is stored', () => {
  expect(permissionsOf({ built_in: 'owner', known_permissions: null }, [])).toEqual(PERMISSIONS)
})

test('a permission that came after the choice is what this version gives the built-in role', () => {
  const known_permissions = PERMISSIONS.filter((permission) => permission !== 'chat:reply').join(' ')
  expect(permissionsOf({ ...role, known_permissions }, rowsOf(['chat:read']))).toEqual([
    'chat:read',
    'chat:reply',
  ])
})

test('one that was taken stays taken', () => {
  const given = BUILT_IN_ROLES.agent.filter((permission) => permission !== 'chat:reply')
  expect(permissionsOf(role, rowsOf(given))).not.toContain('chat:reply')
})

test('a role of the tenant’s own gets nothing by itself, and a name that no version knows counts for nothing', () => {
  const own = { built_in: null, known_permissions: null }
  expect(permissionsOf(own, rowsOf(['chat:read', 'moon:land']))).toEqual(['chat:read'])
  expect(permissionsOf(own, [{ permission: null }])).toEqual([])
})
