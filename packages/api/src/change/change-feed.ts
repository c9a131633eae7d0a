/** Wakes the streams of a tenant in this process when a change has been committed. */
export interface ChangeFeed {
  wake(tenantId: string): void
}
