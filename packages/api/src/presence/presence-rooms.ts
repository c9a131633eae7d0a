import { type Database, newId, type TenantRecord } from '@sarai/db'
import { deleteBoards, writeBoard } from './board-table.ts'
import { PresenceRoom } from './presence-room.ts'

/** How its statements are named in explanations of who holds connections. */
const PRESENCE_LABEL = 'presence'

/** The rooms of one process, one for each tenant in which somebody is there. */
export interface PresenceRooms {
  /** How this process is called on its boards. */
  readonly processId: string
  roomOf(tenant: Pick<TenantRecord, 'id' | 'tenantKey'>): PresenceRoom
  close(): void
}

interface PresenceRoomsOptions {
  database: Pick<Database, 'withTenant'>
  onNews: (tenantId: string) => void
}

export function createPresenceRooms({ database, onNews }: PresenceRoomsOptions): PresenceRooms {
  const processId = newId()
  const rooms = new Map<string, PresenceRoom>()
  const over = new AbortController()

  function open({ id, tenantKey }: Pick<TenantRecord, 'id' | 'tenantKey'>): PresenceRoom {
    const scope = { label: PRESENCE_LABEL, class: 'background', signal: over.signal } as const
    const room = new PresenceRoom({
      save: (board) => database.withTenant(tenantKey, (db) => writeBoard(db, { processId, board }), scope),
      forget: () => database.withTenant(tenantKey, (db) => deleteBoards(db, processId), scope),
      onNews: () => onNews(id),
      onEmpty: () => rooms.delete(id),
    })
    rooms.set(id, room)
    return room
  }

  return {
    processId,
    roomOf: (tenant) => rooms.get(tenant.id) ?? open(tenant),
    close() {
      over.abort()
      for (const room of rooms.values()) room.close()
      rooms.clear()
    },
  }
}
