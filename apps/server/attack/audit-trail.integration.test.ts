import { newId } from '@sarai/db'
import { adminQuery } from '@sarai/db/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Act, actsOf } from './acts.ts'
import { callProcedure } from './call-procedure.ts'
import { type AttackedProcedure, exampleFor, listAttacked } from './rows.ts'
import { THINGS } from './things.ts'
import { openTwoTenants, type TwoTenants } from './two-tenants.ts'

/** What changes something and is not written down in an audit log, with the reason. Everything else is. */
const WITHOUT_ENTRY: Record<string, string> = {
  'auth.password.requestReset': 'Anybody may ask; nothing is different before the link is used.',
  'auth.twoFactor.begin': 'Nothing asks for it before it is confirmed.',
  'bulk.archive': 'Begins a job, which is written down when it ends.',
  'bulk.archiveMatching': 'Begins a job, which is written down when it ends.',
  'bulk.assign': 'Begins a job, which is written down when it ends.',
  'bulk.assignMatching': 'Begins a job, which is written down when it ends.',
  'bulk.tag': 'Begins a job, which is written down when it ends.',
  'bulk.tagMatching': 'Begins a job, which is written down when it ends.',
  'chat.conversation.create': 'A conversation says itself who began it, and when.',
  'chat.conversation.setStatus': 'A conversation keeps a record of its own of who did what.',
  'chat.conversation.assign': 'A conversation keeps a record of its own of who did what.',
  'chat.conversation.markRead': "A member's own: how far they have read.",
  'chat.message.send': 'A message names its author.',
  'chat.message.edit': 'A message keeps what stood there before, who replaced it and when.',
  'chat.message.remove': 'A message keeps what stood there before, who replaced it and when.',
  'chat.cannedReply.create': "One's own. The team's are written down: canned-replies.integration.test.ts.",
  'chat.cannedReply.update': "One's own. The team's are written down: canned-replies.integration.test.ts.",
  'chat.cannedReply.remove': "One's own. The team's are written down: canned-replies.integration.test.ts.",
  'chat.attachment.discard': 'A file of their own, which nobody has been sent.',
  'import.check': 'A dry run: no customer changes.',
  'import.discard': 'A file of their own, before or after its import; the customers stay.',
  'import.start': 'Begins a job, which is written down when it ends: import.integration.test.ts.',
  'operator.tenant.measure': 'Reads how large a tenant is.',
  'operator.tenant.goOn': 'Needs a tenant that is being made; written down: making.integration.test.ts.',
  'operator.tenant.takeBack': 'Needs a tenant that is being made; written down: making.integration.test.ts.',
  'operator.migration.start': 'Needs tenants that are behind; written down: rollout.integration.test.ts.',
  'operator.migration.retry': 'Needs tenants that have failed; written down: rollout.integration.test.ts.',
  'operator.migration.stop': 'Needs a rollout that runs; written down: rollout.integration.test.ts.',
  'operator.transfer.export': 'Written down when it ends: archives.integration.test.ts.',
  'operator.transfer.clone': 'Written down when it ends: archives.integration.test.ts.',
  'operator.transfer.cancel': 'Needs one that runs; written down: archives.integration.test.ts.',
  'operator.transfer.removeArchive': 'Needs an archive; written down: archives.integration.test.ts.',
  'chat.conversation.setTeam':
    'Where a conversation stands in the lists: no person, no right and nothing of a customer changes.',
  'chat.conversation.setLabels':
    'Where a conversation stands in the lists: no person, no right and nothing of a customer changes.',
  'chat.conversation.setPriority':
    'Where a conversation stands in the lists: no person, no right and nothing of a customer changes.',
  'chat.macro.run': 'What a macro did is kept in act_runs, with who ran it.',
  'chat.macro.undo': 'What a macro did is kept in act_runs, with when it was taken back.',
  'chat.many.setStatus': 'As for one conversation.',
  'chat.many.assign': 'As for one conversation.',
  'chat.many.setTeam': 'As for one conversation.',
  'chat.many.setLabels': 'As for one conversation.',
  'chat.many.setPriority': 'As for one conversation.',
  'chat.view.create': 'For oneself alone. Those of the team are written down: view.integration.test.ts.',
  'chat.view.update': 'For oneself alone. Those of the team are written down: view.integration.test.ts.',
  'chat.view.restore': 'For oneself alone. Those of the team are written down: view.integration.test.ts.',
  'customer.columns.save': "A member's own: how they see the list.",
  'customer.view.create': 'For oneself alone. Those of the team are written down: view.integration.test.ts.',
  'customer.view.update': 'For oneself alone. Those of the team are written down: view.integration.test.ts.',
  'customer.view.restore': 'For oneself alone. Those of the team are written down: view.integration.test.ts.',
  'invitation.read': 'Changes nothing: a token travels in the body of a POST, never in an address.',
  'job.cancel': "Stops the caller's own job. What it has done is written down when it ends.",
  'job.undo': 'Begins a job, which is written down when it ends.',
  'notification.saveSettings': "A member's own: what they want to be told of.",
  'scheduled.create': 'Nobody is sent anything; a message that is sent names its author.',
  'scheduled.update': "A member's own, which nobody has been sent.",
  'scheduled.cancel': "A member's own, which nobody has been sent.",
  'scheduled.sendNow': 'A message names its author.',
  'presence.tell': 'What a tab shows now; nothing of it is kept.',
}

const mutations = listAttacked().filter(({ type }) => type === 'mutation')

let tenants: TwoTenants
let acts: Record<string, () => Promise<Act>>

beforeAll(async () => {
  tenants = await openTwoTenants()
  acts = actsOf(tenants)
})
afterAll(() => tenants[Symbol.asyncDispose]())

/** In every tenant's log and in the installation's, with what the newest says. */
async function readLogs(): Promise<{ action: unknown; actor: unknown; address: unknown }[]> {
  const { server, name } = tenants.http.database
  const tables = await adminQuery(server, 'SELECT database_name AS name FROM ??.tenants', [name])
  const logs = [name, ...tables.map((row) => String(row['name']))]
  const rows = await Promise.all(
    logs.map((log) =>
      adminQuery(server, 'SELECT id, action, actor_name AS actor, address FROM ??.audit_log', [log]),
    ),
  )
  return rows
    .flat()
    .toSorted((one, other) => String(one['id']).localeCompare(String(other['id'])))
    .map(({ action, actor, address }) => ({ action, actor, address }))
}

async function generate(procedure: AttackedProcedure): Promise<Act> {
  const ids = new Map<string, string>()
  for (const { path, thing } of procedure.ids) {
    ids.set(path, thing === undefined || thing === 'new' ? newId() : await THINGS[thing].make(tenants.own))
  }
  return { input: exampleFor(procedure, { valueAt: (path) => ids.get(path) }) as object }
}

test.each(mutations.filter(({ path }) => !(path in WITHOUT_ENTRY)))(
  '$path writes down who did it and from where',
  async (procedure) => {
    const { path, type } = procedure
    const { own } = tenants
    const act = await (acts[path]?.() ?? generate(procedure))
    const before = await readLogs()
    const answer = await callProcedure(tenants.http, {
      path,
      type,
      tenantKey: own.tenantKey,
      cookie: own.cookie,
      ...act,
    })
    expect(answer.status, `${answer.body}: say in acts.ts what has to be there before`).toBe(200)
    const written = (await readLogs()).slice(before.length)
    expect(
      written.length,
      `${path} changed something and wrote nothing down. Call writeAudit in its transaction, or say why not in WITHOUT_ENTRY.`,
    ).toBeGreaterThan(0)
    for (const { actor, address } of written) {
      expect(actor).toBeTruthy()
      expect(address).toBe('127.0.0.1')
    }
  },
)

test('what stands on the list without entries is there', () => {
  const known = mutations.map(({ path }) => path)
  expect(Object.keys(WITHOUT_ENTRY).filter((path) => !known.includes(path))).toEqual([])
  expect(Object.keys(acts).filter((path) => !known.includes(path))).toEqual([])
})
