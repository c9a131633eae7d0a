import { expect, test } from 'vitest'
import {
  CreateRuleInput,
  ListRuleRunsInput,
  RULE_CONDITIONS_MAX,
  RULE_NAME_LENGTH_MAX,
  RULE_RUNS_LIST_LIMIT_MAX,
  RULE_WORD_LENGTH_MAX,
  RULE_WORDS_MAX,
  UNANSWERED_MINUTES_MAX,
} from './schema.ts'

const rule = {
  name: 'Refunds',
  isOn: true,
  trigger: { kind: 'customerWrote' },
  conditions: [],
  acts: [{ kind: 'setPriority', priority: 'high' }],
}
const reads = (more: object) => CreateRuleInput.safeParse({ ...rule, ...more }).success
const words = (count: number, length = 3) => ({
  conditions: [{ kind: 'words', is: true, words: Array.from({ length: count }, () => 'x'.repeat(length)) }],
})
const open = { kind: 'status', is: true, status: 'open' }

test('every limit of a rule lets its last one pass and nothing beyond', () => {
  expect(reads({ name: 'x'.repeat(RULE_NAME_LENGTH_MAX) })).toBe(true)
  expect(reads({ name: 'x'.repeat(RULE_NAME_LENGTH_MAX + 1) })).toBe(false)
  expect(reads({ conditions: Array.from({ length: RULE_CONDITIONS_MAX }, () => open) })).toBe(true)
  expect(reads({ conditions: Array.from({ length: RULE_CONDITIONS_MAX + 1 }, () => open) })).toBe(false)
  expect(reads(words(RULE_WORDS_MAX))).toBe(true)
  expect(reads(words(RULE_WORDS_MAX + 1))).toBe(false)
  expect(reads(words(0))).toBe(false)
  expect(reads(words(1, RULE_WORD_LENGTH_MAX))).toBe(true)
  expect(reads(words(1, RULE_WORD_LENGTH_MAX + 1))).toBe(false)
  for (const [minutes, isTaken] of [
    [1, true],
    [UNANSWERED_MINUTES_MAX, true],
    [0, false],
    [UNANSWERED_MINUTES_MAX + 1, false],
  ]) {
    expect(reads({ trigger: { kind: 'unanswered', minutes } })).toBe(isTaken)
  }
  expect(ListRuleRunsInput.safeParse({ limit: RULE_RUNS_LIST_LIMIT_MAX }).success).toBe(true)
  expect(ListRuleRunsInput.safeParse({ limit: RULE_RUNS_LIST_LIMIT_MAX + 1 }).success).toBe(false)
})

test('a rule is nobody: it takes no conversation and signs with no name', () => {
  expect(reads({ acts: [{ kind: 'take' }] })).toBe(false)
  expect(reads({ acts: [{ kind: 'reply', body: 'Dear {{customer.name}}' }] })).toBe(true)
  expect(reads({ acts: [{ kind: 'reply', body: 'I am {{agent.name}}' }] })).toBe(false)
})
