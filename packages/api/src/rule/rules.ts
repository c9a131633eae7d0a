import { newId, type RuleRow, type TenantTables } from '@sarai/db'
import type { Kysely, Transaction } from 'kysely'
import { describeActs } from '../act/describe-acts.ts'
import { requireNamed } from '../act/require-named.ts'
import { permissionOf } from '../act/schema.ts'
import { changedFields, writeAudit } from '../audit/write-audit.ts'
import { type RecordChange, transact } from '../change/transact.ts'
import { countAlone } from '../count-alone.ts'
import { DomainError } from '../errors.ts'
import { requirePermission } from '../permission/access.ts'
import { refuseTaken } from '../refuse-taken.ts'
import type { ScopedContext } from '../trpc.ts'
import { type Rule, toRule } from './model.ts'
import { requireConditions } from './require-conditions.ts'
import {
  type CreateRuleInput,
  type OrderRulesInput,
  type RuleIdInput,
  RULES_MAX,
  type SetRuleOnInput,
  type UpdateRuleInput,
} from './schema.ts'

const TAKEN = { key: 'rules_name', userMessage: 'There is a rule with this name already.' }
const MINUTE_MS = 60_000

/** All rules in their order; RULES_MAX at most. */
export async function listRules(db: Kysely<TenantTables>): Promise<{ items: Rule[] }> {
  const rows = await db.selectFrom('rules').selectAll().orderBy('position').orderBy('id').execute()
  return { items: rows.map(toRule) }
}

/**
 * A new rule, behind all others. It is asked about what happens from now on. CONFLICT for a name that is taken and at
 * RULES_MAX; NOT_FOUND if it names what is gone; FORBIDDEN for an act that its maker may not do by hand.
 */
export function createRule(ctx: ScopedContext, input: CreateRuleInput): Promise<Rule> {
  return refuseTaken(
    transact(ctx, async (trx, record) => {
      if ((await countAlone(trx, 'rules')) >= RULES_MAX) {
        throw new DomainError('CONFLICT', `A workspace has at most ${RULES_MAX} rules. Delete some first.`)
      }
      await checkRule(trx, ctx, input)
      const id = newId()
      const all = await trx.selectFrom('rules').select('position').execute()
      const position = Math.max(-1, ...all.map((each) => each.position)) + 1
      await trx
        .insertInto('rules')
        .values({ id, position, created_at: new Date(), ...toColumns(input), ...(await fromNow(trx, input)) })
        .execute()
      const after = await describe(trx, input)
      await writeAudit(trx, ctx, { action: 'rule.created', entity: { id, name: input.name }, after })
      return announce(trx, record, id)
    }),
    TAKEN,
  )
}

/** It is asked about what happens from now on, as it says now. */
export function updateRule(ctx: ScopedContext, input: UpdateRuleInput): Promise<Rule> {
  const { id } = input
  return refuseTaken(
    transact(ctx, async (trx, record) => {
      const before = toRule(await getRule(trx, id))
      await checkRule(trx, ctx, input)
      const changed = changedFields(await describe(trx, before), await describe(trx, input))
      if (Object.keys(changed.after).length === 0) return before
      await trx
        .updateTable('rules')
        .set({ ...toColumns(input), ...(await fromNow(trx, input)) })
        .where('id', '=', id)
        .execute()
      await writeAudit(trx, ctx, { action: 'rule.updated', entity: { id, name: input.name }, ...changed })
      return announce(trx, record, id)
    }),
    TAKEN,
  )
}

/** What happened while it was off is not made up for. */
export function setRuleOn(ctx: ScopedContext, { id, isOn }: SetRuleOnInput): Promise<Rule> {
  return transact(ctx, async (trx, record) => {
    const rule = toRule(await getRule(trx, id))
    if (rule.isOn === isOn) return rule
    if (isOn) await checkRule(trx, ctx, rule)
    await trx
      .updateTable('rules')
      .set({ is_on: isOn ? 1 : 0, ...(isOn && (await fromNow(trx, rule))) })
      .where('id', '=', id)
      .execute()
    const changed = { before: { isOn: rule.isOn }, after: { isOn } }
    await writeAudit(trx, ctx, { action: 'rule.updated', entity: rule, ...changed })
    return announce(trx, record, id)
  })
}

/** Which is asked first, where several wait for the same. NOT_FOUND for one that is gone. */
export function orderRules(ctx: ScopedContext, { ids }: OrderRulesInput): Promise<{ items: Rule[] }> {
  return transact(ctx, async (trx, record) => {
    await trx.selectFrom('rules').select('id').forUpdate().execute()
    const { items: before } = await listRules(trx)
    const named = [...new Set(ids)].map((id) => {
      const rule = before.find((each) => each.id === id)
      if (!rule) throw unknownRule()
      return rule
    })
    const after = [...named, ...before.filter((rule) => !named.includes(rule))]
    for (const [position, { id }] of after.entries()) {
      await trx.updateTable('rules').set({ position }).where('id', '=', id).execute()
    }
    const names = (rules: readonly Rule[]) => ({ order: rules.map(({ name }) => name).join(' · ') })
    const changed = changedFields(names(before), names(after))
    if (Object.keys(changed.after).length === 0) return { items: before }
    await writeAudit(trx, ctx, { action: 'rule.ordered', ...changed })
    record({ kind: 'chat.configured', entityId: ctx.tenant.id })
    return { items: after }
  })
}

/** Gone for good; what it did stays, and so does its name in the log. */
export function deleteRule(ctx: ScopedContext, { id }: RuleIdInput): Promise<{ id: string }> {
  return transact(ctx, async (trx, record) => {
    const rule = toRule(await getRule(trx, id))
    await trx.deleteFrom('rules').where('id', '=', id).execute()
    const before = await describe(trx, rule)
    await writeAudit(trx, ctx, { action: 'rule.deleted', entity: rule, before })
    record({ kind: 'chat.configured', entityId: id })
    return { id }
  })
}

type RuleText = Pick<Rule, 'name' | 'isOn' | 'trigger' | 'conditions' | 'acts'>

/** Nobody makes a rule do what they may not do themselves. */
async function checkRule(
  trx: Transaction<TenantTables>,
  { access, actorKind }: ScopedContext,
  { conditions, acts }: Pick<RuleText, 'conditions' | 'acts'>,
): Promise<void> {
  for (const act of acts) requirePermission(access, permissionOf(act), actorKind)
  await requireConditions(trx, conditions)
  await requireNamed(trx, acts)
}

function toColumns({ name, isOn, trigger, conditions, acts }: RuleText) {
  return {
    name,
    is_on: isOn ? 1 : 0,
    happens: JSON.stringify(trigger),
    conditions: JSON.stringify(conditions),
    acts: JSON.stringify(acts),
  }
}

/** The counter's lock, which the change of this transaction takes anyway: what has a higher number comes later. */
async function fromNow(trx: Transaction<TenantTables>, { trigger }: Pick<RuleText, 'trigger'>) {
  const { last_seq } = await trx
    .selectFrom('change_counter')
    .select('last_seq')
    .forUpdate()
    .executeTakeFirstOrThrow()
  const waitedMs = trigger.kind === 'unanswered' ? trigger.minutes * MINUTE_MS : 0
  return {
    since_seq: Number(last_seq),
    waited_at: new Date(Date.now() - waitedMs),
    waited_id: '',
    stopped_at: null,
    stopped_in: null,
  }
}

async function describe(trx: Transaction<TenantTables>, rule: RuleText) {
  const { name, isOn, trigger, conditions, acts } = rule
  return {
    name,
    isOn,
    when: describeTrigger(trigger),
    conditions: conditions.map((condition) => JSON.stringify(condition)),
    acts: await describeActs(trx, acts),
  }
}

function describeTrigger(trigger: RuleText['trigger']): string {
  if (trigger.kind === 'unanswered') return `unanswered: ${trigger.minutes} min`
  return trigger.kind === 'statusChanged' ? `statusChanged: ${trigger.to ?? '–'}` : trigger.kind
}

async function announce(trx: Transaction<TenantTables>, record: RecordChange, id: string): Promise<Rule> {
  record({ kind: 'chat.configured', entityId: id })
  return toRule(await getRule(trx, id))
}

async function getRule(trx: Transaction<TenantTables>, id: string): Promise<RuleRow> {
  const row = await trx.selectFrom('rules').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()
  if (!row) throw unknownRule()
  return row
}

function unknownRule(): DomainError {
  return new DomainError('NOT_FOUND', 'This rule does not exist any more.')
}
