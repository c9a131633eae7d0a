import { CSV_BYTE_ORDER_MARK, toCsvLine } from '../csv.ts'
import type { AuditLine, AuditPage } from './model.ts'

const COLUMNS = [
  'time',
  'who',
  'who_kind',
  'who_id',
  'action',
  'thing',
  'thing_id',
  'before',
  'after',
  'address',
  'program',
  'request_id',
] as const

/**
 * A first page and all that follow, as one file, a piece for each page. What is written meanwhile is not in it: it goes
 * back from the latest entry of the first page. Reads no page before the one before has been taken.
 */
export async function* writeAuditCsv(
  first: AuditPage,
  readPage: (cursor: string) => Promise<AuditPage>,
): AsyncGenerator<string> {
  yield CSV_BYTE_ORDER_MARK + toCsvLine(COLUMNS)
  for (let page = first; ; page = await readPage(page.nextCursor)) {
    yield page.items.map(toCells).map(toCsvLine).join('')
    if (page.nextCursor === null) return
  }
}

function toCells(line: AuditLine): string[] {
  const { actor, entity, before, after } = line
  const cells: Record<(typeof COLUMNS)[number], string | null | undefined> = {
    time: line.at,
    who: actor.name,
    who_kind: actor.kind,
    who_id: actor.id,
    action: line.action,
    thing: entity?.name,
    thing_id: entity?.id,
    before: before && JSON.stringify(before),
    after: after && JSON.stringify(after),
    address: line.address,
    program: line.userAgent,
    request_id: line.requestId,
  }
  return COLUMNS.map((column) => cells[column] ?? '')
}
