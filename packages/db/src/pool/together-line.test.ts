import { expect, test } from 'vitest'
import { VirtualClock } from './fake-server.ts'
import { TogetherLine } from './together-line.ts'
import { watch } from './virtual-pool.ts'

function makeLine() {
  const clock = new VirtualClock()
  return { clock, line: new TogetherLine(clock) }
}

test('one gathers at a time, first come, first served', async () => {
  const { clock, line } = makeLine()
  const turns = [1, 2, 3].map(() => watch(line.take({ timeoutMs: 100 })))
  await clock.advance(0)
  expect(turns.map(({ isSettled }) => isSettled)).toEqual([true, false, false])
  turns[0]?.value?.()
  await clock.advance(0)
  expect(turns.map(({ isSettled }) => isSettled)).toEqual([true, true, false])
})

test('who waits for a turn is refused at its deadline, or leaves, and keeps nobody behind it', async () => {
  const { clock, line } = makeLine()
  const first = watch(line.take({ timeoutMs: 100 }))
  const abort = new AbortController()
  const late = watch(line.take({ timeoutMs: 50 }))
  const leaving = watch(line.take({ timeoutMs: 100, signal: abort.signal }))
  const last = watch(line.take({ timeoutMs: 100 }))
  abort.abort()
  await clock.advance(50)
  expect(late.error).toMatchObject({ code: 'TENANT_BUSY', retryAfterMs: 250 })
  expect(leaving.error).toMatchObject({ code: 'ABORTED' })
  first.value?.()
  await clock.advance(0)
  expect(last.value).toBeDefined()
})

test('a turn ended twice ends one turn', async () => {
  const { clock, line } = makeLine()
  const turns = [1, 2, 3].map(() => watch(line.take({ timeoutMs: 100 })))
  await clock.advance(0)
  turns[0]?.value?.()
  turns[0]?.value?.()
  await clock.advance(0)
  expect(turns[2]?.isSettled).toBe(false)
})

test('a caller that had gone before does not stand in line, and a closing pool tells those who do', async () => {
  const { clock, line } = makeLine()
  await expect(line.take({ timeoutMs: 100, signal: AbortSignal.abort() })).rejects.toMatchObject({
    code: 'ABORTED',
  })
  watch(line.take({ timeoutMs: 100 }))
  const waiting = watch(line.take({ timeoutMs: 100 }))
  line.refuseEverybody()
  await clock.advance(0)
  expect(waiting.error).toMatchObject({ code: 'CLOSED' })
})
