import { createTestDatabase } from '@sarai/db/testing'
import { expect, test } from 'vitest'
import { createAuth } from '../auth/auth.ts'
import { installDemo } from './install-demo.ts'
import { DEMO_PASSWORD, DEMO_SIGN_INS } from './people.ts'

const COUNTED = [
  'customers',
  'conversations',
  'messages',
  'members',
  'tags',
  'customer_notes',
  'customer_field_values',
  'labels',
  'conversation_labels',
  'teams',
  'macros',
  'rules',
  'canned_replies',
  'saved_views',
  'message_mentions',
] as const

test('a second start leaves the demo as it is, and everybody who is named can sign in', async () => {
  await using database = await createTestDatabase()
  const progress: string[] = []
  const install = () => installDemo({ database, onProgress: (message) => progress.push(message) })
  const count = () =>
    database.withTenant('rabin', async (db) => {
      const counts: Record<string, number> = {}
      for (const table of COUNTED) {
        const row = await db
          .selectFrom(table)
          .select(({ fn }) => fn.countAll<number>().as('count'))
          .executeTakeFirstOrThrow()
        counts[table] = row.count
      }
      return counts
    })

  await install()
  const first = await count()
  await install()

  expect(await count()).toEqual(first)
  expect(first['customers']).toBeGreaterThan(200)
  expect(first['customer_notes']).toBeGreaterThan(50)
  expect(first['customer_field_values']).toBeGreaterThan(200)
  for (const table of COUNTED) expect(first[table], table).toBeGreaterThan(0)
  expect(progress).toHaveLength(2)
  const auth = createAuth({
    master: database.master,
    secret: database.secret,
    baseUrl: 'http://localhost:3000',
  })
  for (const { email } of DEMO_SIGN_INS) {
    const body = JSON.stringify({ email, password: DEMO_PASSWORD })
    const headers = { 'content-type': 'application/json', origin: 'http://localhost:3000' }
    const url = 'http://localhost:3000/api/auth/sign-in/email'
    const answer = await auth.handler(new Request(url, { method: 'POST', body, headers }))
    expect(answer.status, email).toBe(200)
  }
})

test('a start that was interrupted before the data is completed by the next', async () => {
  await using database = await createTestDatabase()
  await database.createTenant({ tenantKey: 'rabin', name: 'Rabin Home Appliances' })

  await installDemo({ database })

  const row = await database.withTenant('rabin', (db) =>
    db.selectFrom('customers').select('id').limit(1).executeTakeFirst(),
  )
  expect(row).toBeDefined()
})
