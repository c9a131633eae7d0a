import type { NotificationSettings } from '@sarai/api/notification/schema'

/** Whether it is quiet now, by this device's clock. From and to the same: the whole day. */
export function isQuiet({ isOn, from, to }: NotificationSettings['quietHours'], now: Date): boolean {
  if (!isOn) return false
  const minute = now.getHours() * 60 + now.getMinutes()
  const [begin, end] = [toMinute(from), toMinute(to)]
  return begin < end ? minute >= begin && minute < end : minute >= begin || minute < end
}

function toMinute(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}
