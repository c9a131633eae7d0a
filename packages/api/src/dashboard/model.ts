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

/** From `from` until before `to`: instants, so that a list asked for with them holds what was counted. */
export interface WirePeriod {
  from: string
  to: string
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

export interface Day extends WirePeriod {
  /** `2026-11-23`, in the tenant's zone. */
  date: string
  conversations: number
  messages: number
  resolved: number
  newCustomers: number
}

export interface Trend {
  range: Range
  conversations: Figure
  messages: Figure
  resolved: Figure
  /** Not archived since. */
  newCustomers: Figure
  /** Every day of the range, oldest first, also those on which nothing happened. */
  days: Day[]
}

export interface ResponseTimes {
  range: Range
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
  resolvedBefore: number
}

export interface BusyHour {
  /** 0 is Monday. */
  weekday: number
  hour: number
  /** From customers. */
  messages: number
}

export interface Range extends WirePeriod {
  days: number
  /** An IANA name: by whose clock days and hours are counted. */
  timeZone: string
  /** What it is compared with. Where the range is not over yet, it ends as much earlier: half a day with half a day. */
  before: WirePeriod
}

export interface Summary extends Trend, ResponseTimes {
  now: Now
  workload: AgentWorkload[]
  /** All 168 hours of a week, Monday first. */
  busyHours: BusyHour[]
}
