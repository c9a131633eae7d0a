/** Where a serving process is to be asked, and with what. */
export interface Address {
  streamUrl: string
  sendUrl: string
  cookie: string
  /** What is posted to send one message; `marker` becomes its words. */
  body: Record<string, unknown>
}

export interface Usage {
  cpuUs: number
  rssBytes: number
}
