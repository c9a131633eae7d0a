import { PERMISSIONS } from '@sarai/api/permission/schema'
import { expect, test } from 'vitest'
import { PERMISSION_GROUPS } from './permission-groups.ts'

test('the matrix shows every permission there is, once', () => {
  expect(Object.values(PERMISSION_GROUPS).flat().sort()).toEqual([...PERMISSIONS].sort())
})
