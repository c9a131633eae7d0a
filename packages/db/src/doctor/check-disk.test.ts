import { expect, test } from 'vitest'
import { DISK_FREE_FEW_SHARE, DISK_FREE_MIN_BYTES, DISK_FREE_MUCH_BYTES, judgeDisk } from './check-disk.ts'

const ALL = 1000 * 1024 ** 3
const judge = (freeBytes: number, allBytes = ALL) => judgeDisk({ folder: '/data', freeBytes, allBytes })

test('a disk with hardly anything free is a problem, however small it is', () => {
  expect(judge(DISK_FREE_MIN_BYTES - 1).state).toBe('problem')
  expect(judge(DISK_FREE_MIN_BYTES - 1, DISK_FREE_MIN_BYTES)).toMatchObject({
    check: 'disk',
    found: '1.0 GiB of 1.0 GiB are free for the data in /data.',
    advice: expect.stringContaining('Make room'),
  })
})

test('a small share is a warning, unless it is much by itself', () => {
  const small = DISK_FREE_MUCH_BYTES
  expect(judge(small * DISK_FREE_FEW_SHARE - 1, small).state).toBe('warning')
  expect(judge(small * DISK_FREE_FEW_SHARE, small).state).toBe('ok')
  expect(judge(DISK_FREE_MUCH_BYTES - 1).state).toBe('warning')
  expect(judge(DISK_FREE_MUCH_BYTES).state).toBe('ok')
})
