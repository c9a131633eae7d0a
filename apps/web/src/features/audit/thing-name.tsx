import type { AuditLine } from '@sarai/api'

/** What it was done to, as it was called. */
export function ThingName({ line: { entity } }: { line: AuditLine }) {
  if (!entity?.name) return null
  return <bdi className="wrap-anywhere">{entity.name}</bdi>
}
