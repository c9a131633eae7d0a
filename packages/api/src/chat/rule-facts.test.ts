import { expect, test } from 'vitest'
import type { RuleCondition } from '../rule/schema.ts'
import { areMet, type RuleFacts } from './rule-facts.ts'

const conversation: RuleFacts['conversation'] = {
  status: 'open',
  priority: 'high',
  labelIds: ['refund'],
  assigneeId: null,
  teamId: 'repairs',
}
const facts = { conversation, customerTagIds: ['vip'], text: 'Wo ist mein Gérät? مجھے رقم کی واپسي چاہیے' }
const met = (...conditions: RuleCondition[]) => areMet(conditions, facts)

test('every condition has to hold, and each can be turned round; none at all always holds', () => {
  expect(met()).toBe(true)
  const holding: RuleCondition[] = [
    { kind: 'status', is: true, status: 'open' },
    { kind: 'priority', is: false, priority: 'low' },
    { kind: 'label', is: true, labelId: 'refund' },
    { kind: 'assignee', is: true, assigneeId: null },
    { kind: 'team', is: false, teamId: null },
    { kind: 'customerTag', is: true, tagId: 'vip' },
    { kind: 'words', is: false, words: ['invoice'] },
  ]
  expect(met(...holding)).toBe(true)
  for (const condition of holding) {
    const turned = { ...condition, is: !condition.is }
    expect(met(...holding.map((each) => (each === condition ? turned : each)))).toBe(false)
  }
})

test('words are found as both languages write them, at the beginning of a word alone', () => {
  const words = (...some: string[]) => met({ kind: 'words', is: true, words: some })
  expect(words('GERAT')).toBe(true)
  expect(words('واپسی')).toBe(true)
  expect(words('رقم کی واپسی')).toBe(true)
  expect(words('erät')).toBe(false)
  expect(words('nothing', 'wo')).toBe(true)
  expect(words('?!')).toBe(false)
})
