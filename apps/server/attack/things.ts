import { addMember } from '@sarai/api'
import { newId } from '@sarai/db'
import type { TestHttp } from '../src/testing.ts'
import { callProcedure } from './call-procedure.ts'
import { change, create } from './create-thing.ts'
import { makeImport, makeJob } from './make-work.ts'

/** One of two tenants that know nothing of each other, with the person who owns it. */
export interface Side {
  http: TestHttp
  tenantKey: string
  /** Of its owner, and a session of theirs. */
  email: string
  cookie: string
  /** In the name of everything that is made here: found in an answer to the other side, it has leaked. */
  mark: string
}

export interface Thing {
  /** Fields that hold its id wherever they are: `customerId`. */
  fields: readonly string[]
  /** Routers under which `id` and `ids` are its own: `customer.byId`, `customer.note.add`. The longest counts. */
  routers: readonly string[]
  /** Makes a new one and gives its id. */
  make(side: Side): Promise<string>
}

/** Everything that an id in an input can be the id of. */
export const THINGS = {
  customer: {
    fields: ['customerId', 'customerIds'],
    routers: ['customer'],
    make: makeCustomer,
  },
  conversation: {
    fields: ['conversationId', 'conversationIds', 'mergedConversationId', 'survivorConversationId'],
    routers: ['chat.conversation', 'chat.many'],
    make: async (side) =>
      create(side, 'chat.conversation.create', {
        customerId: await makeCustomer(side),
        subject: side.mark,
      }),
  },
  attachment: {
    fields: ['attachmentId', 'attachmentIds'],
    routers: ['chat.attachment'],
    make: makeAttachment,
  },
  role: {
    fields: ['roleId'],
    routers: ['permission.role'],
    make: (side) => create(side, 'permission.role.create', { name: makeName(side), permissions: [] }),
  },
  member: {
    fields: ['userId', 'assigneeId', 'ownerId', 'owner'],
    routers: ['permission.member', 'chat.member'],
    make: makeMember,
  },
  invitation: {
    fields: ['invitationId'],
    routers: ['permission.invitation'],
    make: makeInvitation,
  },
  key: {
    fields: ['keyId'],
    routers: ['permission.key'],
    make: (side) =>
      create(side, 'permission.key.create', { name: makeName(side), permissions: ['customer:read'] }),
  },
  session: {
    fields: ['sessionId'],
    routers: ['auth.session'],
    make: makeSession,
  },
  tag: {
    fields: ['tagId', 'tagIds', 'fromId', 'intoId'],
    routers: ['customer.tag'],
    make: async (side) => {
      const id = newId()
      await side.http.database.withTenant(side.tenantKey, (db) =>
        db
          .insertInto('tags')
          .values({ id, name: makeName(side), created_at: new Date() })
          .execute(),
      )
      return id
    },
  },
  team: {
    fields: ['teamId'],
    routers: ['team'],
    make: (side) => create(side, 'team.create', { name: makeName(side) }),
  },
  rule: {
    fields: ['ruleId'],
    routers: ['rule'],
    make: (side) =>
      create(side, 'rule.create', {
        name: makeName(side),
        isOn: false,
        trigger: { kind: 'customerWrote' },
        conditions: [],
        acts: [{ kind: 'setPriority', priority: 'high' }],
      }),
  },
  macro: {
    fields: ['macroId'],
    routers: ['macro'],
    make: (side) =>
      create(side, 'macro.create', {
        name: makeName(side),
        acts: [{ kind: 'setPriority', priority: 'high' }],
      }),
  },
  label: {
    fields: ['labelId', 'labelIds'],
    routers: ['label'],
    make: (side) => create(side, 'label.create', { name: makeName(side) }),
  },
  field: {
    fields: ['fieldId'],
    routers: ['customer.field'],
    // Into the table: a tenant has few of them, and here everything needs one of its own.
    make: async (side) => {
      const id = newId()
      await side.http.database.withTenant(side.tenantKey, (db) =>
        db
          .insertInto('customer_fields')
          .values({
            id,
            name: makeName(side),
            kind: 'text',
            options: JSON.stringify([]),
            position: 1,
            created_at: new Date(),
          })
          .execute(),
      )
      return id
    },
  },
  message: {
    fields: ['messageId'],
    routers: ['chat.message'],
    make: makeMessage,
  },
  scheduled: {
    fields: ['scheduledId'],
    routers: [],
    make: makeScheduled,
  },
  cannedReply: {
    fields: ['cannedReplyId'],
    routers: ['chat.cannedReply'],
    make: (side) =>
      create(side, 'chat.cannedReply.create', { shortcut: newId().slice(-12), body: side.mark }),
  },
  merge: {
    fields: ['mergeId'],
    routers: [],
    make: async (side) => {
      const [survivorId, mergedId] = [await makeCustomer(side), await makeCustomer(side)]
      const merged = [{ id: mergedId, version: 1 }]
      return create(side, 'duplicate.merge', { survivorId, survivorVersion: 1, merged })
    },
  },
  conversationMerge: {
    fields: ['conversationMergeId'],
    routers: [],
    make: makeConversationMerge,
  },
  job: {
    fields: ['jobId'],
    routers: ['job'],
    make: makeJob,
  },
  view: {
    fields: ['viewId'],
    routers: ['customer.view'],
    make: (side) =>
      create(side, 'customer.view.create', { name: makeName(side), isShared: true, content: { filter: {} } }),
  },
  conversationView: {
    fields: [],
    routers: ['chat.view'],
    make: (side) =>
      create(side, 'chat.view.create', { name: makeName(side), isShared: true, content: { filter: {} } }),
  },
  import: {
    fields: ['importId'],
    routers: ['import'],
    make: makeImport,
  },
  note: {
    fields: ['noteId'],
    routers: ['customer.note'],
    make: async (side) =>
      create(side, 'customer.note.add', { customerId: await makeCustomer(side), body: side.mark }),
  },
} as const satisfies Record<string, Thing>

export type ThingName = keyof typeof THINGS

/** Two conversations of one customer that became one. */
async function makeConversationMerge(side: Side): Promise<string> {
  const customerId = await makeCustomer(side)
  const begin = () => create(side, 'chat.conversation.create', { customerId, subject: side.mark })
  const pair = { mergedConversationId: await begin(), survivorConversationId: await begin() }
  const merged = await change<{ conversationMergeId: string }>(side, 'merge.conversations', pair)
  return merged.conversationMergeId
}

/** Of the owner's, waiting to be sent. */
async function makeAttachment({ http: { app }, tenantKey, cookie, mark }: Side): Promise<string> {
  const answer = await app.inject({
    method: 'POST',
    url: `/t/${tenantKey}/files?name=${mark}.txt`,
    headers: { cookie, 'content-type': 'text/plain' },
    payload: mark,
  })
  if (answer.statusCode !== 201) throw new Error(`the upload answered ${answer.statusCode}: ${answer.body}`)
  return answer.json<{ id: string }>().id
}

async function makeMessage(side: Side): Promise<string> {
  const conversationId = await THINGS.conversation.make(side)
  const input = { conversationId, clientId: newId(), body: side.mark }
  const answer = await callProcedure(side.http, {
    ...side,
    path: 'chat.message.send',
    type: 'mutation',
    input,
  })
  return (JSON.parse(answer.body) as { result: { data: { message: { id: string } } } }).result.data.message.id
}

async function makeScheduled(side: Side): Promise<string> {
  const conversationId = await THINGS.conversation.make(side)
  const sendAt = new Date(Date.now() + 3_600_000).toISOString()
  const message = { clientId: newId(), body: side.mark, sendAt, lastSeenSeq: 0 }
  return create(side, 'scheduled.create', { conversationId, ...message })
}

function makeCustomer(side: Side): Promise<string> {
  return create(side, 'customer.create', { name: side.mark })
}

/** They have no password, which takes long to make: nobody signs in as them. */
async function makeMember({ http: { database }, tenantKey, mark }: Side): Promise<string> {
  const id = newId()
  const now = new Date()
  await database.master
    .insertInto('users')
    .values({ id, name: mark, email: `${id}@${mark}.test`, image: null, created_at: now, updated_at: now })
    .execute()
  await addMember(database, { tenant: await database.getTenant(tenantKey), userId: id, role: 'viewer' })
  return id
}

async function makeInvitation(side: Side): Promise<string> {
  const { database } = side.http
  const id = newId()
  await database.withTenant(side.tenantKey, async (db) => {
    const roles = await db.selectFrom('roles').where('built_in', '=', 'viewer').select('id').execute()
    const [owner] = await db.selectFrom('members').select('user_id').limit(1).execute()
    const times = { created_at: new Date(), expires_at: new Date(Date.now() + 60_000) }
    const rows = roles.map((role) => ({
      ...times,
      id,
      email: `${id}@${side.mark}.test`,
      role_id: role.id,
      token_hash: id,
      invited_by: owner?.user_id ?? id,
    }))
    await db.insertInto('invitations').values(rows).execute()
  })
  return id
}

/** Another one of the tenant's owner. */
async function makeSession({ http: { database }, tenantKey, mark }: Side): Promise<string> {
  const id = newId()
  const { id: user_id } = await database.master
    .selectFrom('users')
    .where('email', '=', `owner@${tenantKey}.test`)
    .select('id')
    .executeTakeFirstOrThrow()
  const times = { created_at: new Date(), updated_at: new Date(), expires_at: new Date(Date.now() + 60_000) }
  await database.master
    .insertInto('sessions')
    .values({ ...times, id, user_id, token: id, ip_address: null, user_agent: mark })
    .execute()
  return id
}

/** For names that must be different. */
function makeName({ mark }: Side): string {
  return `${mark} ${newId().slice(-12)}`
}
