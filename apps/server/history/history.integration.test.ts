import { expect, test } from 'vitest'
import { runHistory } from './run-history.ts'

/** The long run is `npm run history`. */
const PLAN = { messages: 240, drops: 24, kills: 1, databaseRestarts: 1, processes: 1 }

test('every acknowledged message is heard once, in one order, by every reader of its business and by nobody else, though connections break, the server is killed and the database restarts', async () => {
  const seed = Math.floor(Math.random() * 2 ** 32)
  const { findings, ...figures } = await runHistory({ ...PLAN, seed })
  expect({ seed, findings }).toEqual({ seed, findings: [] })
  expect(figures.acknowledged).toBe(PLAN.messages)
  expect(figures.heard).toBe((figures.stored * figures.readers) / 2)
  expect(figures.connections).toBeGreaterThan(figures.readers)
})
