/** What needs somebody at this moment. */
export interface Now {
  open: number
  /** Open, and the customer waits for an answer. */
  waiting: number
  /** Open and nobody's. */
  unassigned: number
  /** Open and the caller's. */
  mine: number
  snoozed: number
  /** Not archived. */
  customers: number
}

/** A number, and what it was in the equally long period before. */
export interface Figure {
  count: number
  before: number
}

/** How long something took. Both null when it did not happen in the period. */
export interface Duration {
  count: number
  medianSeconds: number | null
  p90Seconds: number | null
}

export interface ComparedDuration extends Duration {
  before: Duration
}

export interface Day {
  /** `2026-11-23` */
  date: string
  conversations: number
  messages: number
  resolved: number
  newCustomers: number
}

/** The period before ends as much before its own midnight as this one does: half a day is compared with half a day. */
export interface Trend {
  conversations: Figure
  messages: Figure
  resolved: Figure
  newCustomers: Figure
  /** Every day of the range, oldest first, also those on which nothing happened. */
  days: Day[]
}

export interface ResponseTimes {
  /** From a customer's first message to the first answer by a member. */
  firstResponse: ComparedDuration
  /** From the beginning of a conversation until it was resolved. */
  resolution: ComparedDuration
}

export interface AgentWorkload {
  userId: string
  name: string
  /** Open and assigned to them now. */
  open: number
  /** Assigned to them and resolved in the range. */
  resolved: number
}

export interface BusyHour {
  /** 0 is Monday. */
  weekday: number
  hour: number
  /** From customers. */
  messages: number
}

export interface Range {
  days: number
  from: string
  to: string
  timeZone: 'UTC'
}

export interface Summary extends Trend, ResponseTimes {
  range: Range
  now: Now
  workload: AgentWorkload[]
  /** All 168 hours of a week, Monday first. */
  busyHours: BusyHour[]
}
