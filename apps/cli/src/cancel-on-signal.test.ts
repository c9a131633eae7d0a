import { expect, test, vi } from 'vitest'
import { AGAIN_AFTER_MS, cancelOnSignal } from './cancel-on-signal.ts'
import { EXIT_CODES } from './exit-codes.ts'

test('Ctrl-C cancels once, though it is told twice; pressed again later it ends the process', async () => {
  const exit = vi.spyOn(process, 'exit').mockImplementation(() => undefined as never)
  const clock = vi.spyOn(performance, 'now').mockReturnValue(0)
  const lines: string[] = []
  const listeners = process.listenerCount('SIGINT')
  const reason = await cancelOnSignal({ progress: (line) => lines.push(line) }, async (signal) => {
    process.emit('SIGINT')
    process.emit('SIGINT')
    expect(exit).not.toHaveBeenCalled()
    clock.mockReturnValue(AGAIN_AFTER_MS + 1)
    process.emit('SIGINT')
    return signal.reason as unknown
  })
  expect(exit).toHaveBeenCalledWith(EXIT_CODES.cancelled)
  expect(reason).toMatchObject({ code: 'ABORTED' })
  expect(lines).toHaveLength(1)
  expect(process.listenerCount('SIGINT')).toBe(listeners)
  vi.restoreAllMocks()
})
