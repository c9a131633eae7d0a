/** Who acted: somebody signed in, a program with an API key, or the server's own command line. */
export interface AuditActor {
  kind: 'user' | 'api-key' | 'system'
  /** null for the command line. */
  id: string | null
  /** As they were called then. */
  name: string
}

/** One act: who did what to which thing, when, and from where. */
export interface AuditLine {
  /** UUIDv7. */
  id: string
  at: string
  actor: AuditActor
  /** One of AUDIT_ACTIONS or INSTALLATION_AUDIT_ACTIONS, or of another version. */
  action: string
  /** What it was done to. A thing without a name is not there any more, or not for the reader to see. */
  entity: { id: string; name: string | null } | null
  /** What was there before, of what is different after. */
  before: Readonly<Record<string, unknown>> | null
  after: Readonly<Record<string, unknown>> | null
  address: string | null
  /** As the browser or program calls itself. */
  userAgent: string | null
  requestId: string | null
}

export interface AuditPage {
  items: AuditLine[]
  nextCursor: string | null
}
