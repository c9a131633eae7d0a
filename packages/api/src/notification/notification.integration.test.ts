import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openTestChat, type TestChat } from '../chat/testing-chat.ts'
import { openTestApi, readRefusal, type TestApi } from '../testing.ts'
import { DEFAULT_NOTIFICATION_SETTINGS, type NotificationSettings } from './schema.ts'

let api: TestApi
let chat: TestChat

beforeAll(async () => {
  api = await openTestApi()
  chat = await openTestChat(api)
})
afterAll(async () => {
  await chat[Symbol.asyncDispose]()
  await api[Symbol.asyncDispose]()
})

const QUIET: NotificationSettings = {
  ...DEFAULT_NOTIFICATION_SETTINGS,
  quietHours: { isOn: true, from: '22:30', to: '07:00' },
}

describe('what a member wants to be told of', () => {
  test('has defaults, is kept for them alone, and told to their windows only', async () => {
    const [first, second] = [await chat.addMember('agent'), await chat.addMember('agent')]
    expect(await first.call.notification.settings()).toEqual(DEFAULT_NOTIFICATION_SETTINGS)
    await first.call.notification.saveSettings(DEFAULT_NOTIFICATION_SETTINGS)
    await first.call.notification.saveSettings(QUIET)
    expect(await first.call.notification.settings()).toEqual(QUIET)
    expect(await second.call.notification.settings()).toEqual(DEFAULT_NOTIFICATION_SETTINGS)
    const rows = await readChanges('notification.configured')
    expect(rows.map(({ userId }) => userId)).toEqual([first.user.id, first.user.id])
  })

  test('a kind that came later is at its default, one that went is left out', async () => {
    const member = await chat.addMember('agent')
    const mine = { page: false, browser: false, sound: false }
    await api.database.withTenant(chat.tenantKey, (db) =>
      db
        .insertInto('notification_settings')
        .values({
          user_id: member.user.id,
          settings: JSON.stringify({ kinds: { mine, gone: true }, quietHours: 'of another time' }),
          updated_at: new Date(),
        })
        .execute(),
    )
    expect(await member.call.notification.settings()).toEqual({
      ...DEFAULT_NOTIFICATION_SETTINGS,
      kinds: { ...DEFAULT_NOTIFICATION_SETTINGS.kinds, mine },
    })
  })

  test.each(['25:00', '7:00', 'noon', ''])(
    'a time of day such as %o is refused beside its field',
    async (from) => {
      const member = await chat.addMember('agent')
      const refusal = await readRefusal(
        member.call.notification.saveSettings({ ...QUIET, quietHours: { ...QUIET.quietHours, from } }),
      )
      expect(refusal).toMatchObject({ data: { httpStatus: 400 } })
      expect(await member.call.notification.settings()).toEqual(DEFAULT_NOTIFICATION_SETTINGS)
    },
  )
})

describe('the number in the title', () => {
  test('counts what waits for me and is not read, until it is read, answered or somebody else’s', async () => {
    const [me, other] = [await chat.addMember('agent'), await chat.addMember('agent')]
    const ids = [await chat.openConversation(other), await chat.openConversation(other)]
    const [read = '', answered = ''] = ids
    for (const id of ids) {
      await chat.hearCustomer(id, 'Salaam')
      await other.call.chat.conversation.assign({ id, assigneeId: me.user.id })
    }
    expect(await me.call.notification.unread()).toEqual({ count: 2 })
    expect(await other.call.notification.unread()).toEqual({ count: 0 })
    await me.call.chat.conversation.markRead({ id: read, seq: 1 })
    expect(await me.call.notification.unread()).toEqual({ count: 1 })
    await me.call.chat.conversation.assign({ id: answered, assigneeId: other.user.id })
    expect(await me.call.notification.unread()).toEqual({ count: 0 })
  })

  test('whoever made it mine is told with the change', async () => {
    const [me, other] = [await chat.addMember('agent'), await chat.addMember('agent')]
    const id = await chat.openConversation(other)
    await other.call.chat.conversation.assign({ id, assigneeId: me.user.id })
    const rows = await readChanges('conversation.updated')
    expect(rows.at(-1)).toMatchObject({ entityId: id, assignedBy: other.user.id })
  })
})

async function readChanges(kind: string): Promise<Record<string, unknown>[]> {
  const rows = await api.database.withTenant(chat.tenantKey, (db) =>
    db.selectFrom('changes').selectAll().where('kind', '=', kind).orderBy('seq').execute(),
  )
  return rows.map(({ payload, entity_id }) => ({
    entityId: entity_id,
    ...(typeof payload === 'string' ? JSON.parse(payload) : payload),
  }))
}
