import { z } from 'zod'

/** What somebody may want to be told of. */
export const NOTIFICATION_KINDS = ['mine', 'unassigned', 'assigned', 'mention'] as const
export type NotificationKind = (typeof NOTIFICATION_KINDS)[number]

/** How: beside the page that is open, by the browser when it is not, and by a sound. */
export const NOTIFICATION_WAYS = ['page', 'browser', 'sound'] as const
export type NotificationWay = (typeof NOTIFICATION_WAYS)[number]

const Ways = z.strictObject({ page: z.boolean(), browser: z.boolean(), sound: z.boolean() })

/** A time of day, 24 hours, as the device's own clock shows it. */
const TimeOfDay = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'Use hours and minutes, such as 22:00.')

export const NotificationSettings = z.strictObject({
  kinds: z.strictObject({
    /** A customer wrote in a conversation that is mine. */
    mine: Ways,
    /** A customer wrote where nobody is responsible. */
    unassigned: Ways,
    /** Somebody else made a conversation mine. */
    assigned: Ways,
    /** A private note names me. */
    mention: Ways,
  }),
  /** Between these times nothing sounds and the browser is left alone; `from` after `to` goes over midnight. */
  quietHours: z.strictObject({ isOn: z.boolean(), from: TimeOfDay, to: TimeOfDay }),
})
export type NotificationSettings = z.infer<typeof NotificationSettings>

/** What holds until somebody chooses otherwise. */
export const DEFAULT_NOTIFICATION_SETTINGS: NotificationSettings = {
  kinds: {
    mine: { page: true, browser: true, sound: true },
    unassigned: { page: true, browser: false, sound: false },
    assigned: { page: true, browser: true, sound: false },
    mention: { page: true, browser: true, sound: true },
  },
  quietHours: { isOn: false, from: '20:00', to: '08:00' },
}

/** The number in the tab's title; more is not counted and shown as this with a plus. */
export const UNREAD_CONVERSATIONS_MAX = 99
