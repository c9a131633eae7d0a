import {
  LOOKING_MS,
  PRESENCE_TABS_MAX,
  PRESENCE_TABS_PER_MEMBER_MAX,
  type PresenceDoing,
  WRITING_MS,
} from './schema.ts'

/** What one tab says of itself. */
export interface Told {
  userId: string
  tabId: string
  /** null: it shows no conversation. */
  place: { conversationId: string; customerId: string } | null
  doing: PresenceDoing
}

export interface Claim extends Told {
  /** When it came to be so, in milliseconds: of two processes that a tab has told, the later one is right. */
  at: number
}

/** What the tabs have told this process, each for as long as it holds. */
export interface Claims {
  readonly size: number
  /** `rivalAt`: when the tab told another process, as far as it is known. */
  tell(told: Told, when: { now: number; rivalAt: number }): void
  /** What holds now. */
  list(now: number): Claim[]
}

interface Kept {
  claim: Claim
  endsAt: number
  writingEndsAt: number
}

export function claimKey({ userId, tabId }: Pick<Told, 'userId' | 'tabId'>): string {
  return `${userId}:${tabId}`
}

export function createClaims(): Claims {
  // A Map gives back its keys in the order they were put in: the first one was told longest ago.
  const kept = new Map<string, Kept>()

  function makeRoom(userId: string): void {
    const own = [...kept].filter(([, { claim }]) => claim.userId === userId)
    const [oldestOwn] = own
    const [oldest] = kept.keys()
    if (own.length >= PRESENCE_TABS_PER_MEMBER_MAX && oldestOwn) kept.delete(oldestOwn[0])
    else if (kept.size >= PRESENCE_TABS_MAX && oldest !== undefined) kept.delete(oldest)
  }

  return {
    get size() {
      return kept.size
    },

    tell(told, { now, rivalAt }) {
      const key = claimKey(told)
      const before = kept.get(key)?.claim
      const isSame = before !== undefined && isSameWord(before, told) && before.at > rivalAt
      kept.delete(key)
      makeRoom(told.userId)
      kept.set(key, {
        claim: { ...told, at: isSame ? before.at : Math.max(now, rivalAt + 1) },
        endsAt: now + LOOKING_MS,
        writingEndsAt: now + WRITING_MS,
      })
    },

    list(now) {
      for (const [key, { endsAt }] of kept) if (endsAt <= now) kept.delete(key)
      return [...kept.values()].map(({ claim, writingEndsAt }) =>
        writingEndsAt <= now ? { ...claim, doing: 'looking' } : claim,
      )
    },
  }
}

function isSameWord(before: Told, told: Told): boolean {
  return before.place?.conversationId === told.place?.conversationId && before.doing === told.doing
}
