import type { TenantStep } from './types.ts'

/** Two, as the product has: one that writes in the tenant, one that writes in the control plane. */
export function testSteps(): TenantStep[] {
  return [
    {
      name: 'tag',
      run: ({ withTenant, record }) =>
        withTenant(async (db) => {
          const tag = { id: record.id, name: 'first', created_at: new Date() }
          await db.insertInto('tags').ignore().values(tag).execute()
        }),
    },
    {
      name: 'person',
      run: async ({ master, record, details }) => {
        const now = new Date()
        const person = { id: record.id, name: 'Amina', email: details['email'] ?? '', image: null }
        await master
          .insertInto('users')
          .ignore()
          .values({ ...person, created_at: now, updated_at: now })
          .execute()
      },
      undo: async ({ master, record }) => {
        await master.deleteFrom('users').where('id', '=', record.id).execute()
      },
    },
  ]
}
