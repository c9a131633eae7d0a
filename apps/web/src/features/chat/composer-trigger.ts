import type { Draft } from './drafts.ts'

/** What somebody is typing that can be completed: `@bil` in a note, `/thanks` anywhere. */
export interface Trigger {
  kind: 'mention' | 'canned'
  query: string
  /** Where its sign stands. */
  from: number
  /** Where the text cursor stands. */
  to: number
}

/** Long enough for a name, short enough that an @ of long ago is forgotten. */
const MENTION = /(?<=^|[\s(])@((?:[^@\n]{0,60}[^@\s])?)$/u

const CANNED = /(?<=^|\s)\/([\p{L}\p{M}\p{N}_-]{0,32})$/u

/** At the text cursor, if there is anything. Members are named in notes alone: a customer reads the rest. */
export function findTrigger({ body, private: isNote }: Draft, cursor: number): Trigger | null {
  const before = body.slice(0, cursor)
  const canned = CANNED.exec(before)
  if (canned) return { kind: 'canned', query: canned[1] ?? '', from: canned.index, to: cursor }
  const named = isNote ? MENTION.exec(before) : null
  return named ? { kind: 'mention', query: named[1] ?? '', from: named.index, to: cursor } : null
}

/** The text with something else in the trigger's place, and where the cursor stands then: behind a name, one on. */
export function replaceTrigger(
  body: string,
  { kind, from, to }: Trigger,
  text: string,
): { body: string; cursor: number } {
  const rest = body.slice(to)
  const gap = kind === 'mention' ? 1 : 0
  const inserted = gap === 0 || /^\s/u.test(rest) ? text : `${text} `
  return { body: body.slice(0, from) + inserted + rest, cursor: from + text.length + gap }
}

/** Those of a draft's mentions that still stand in its text. */
export function listMentioned({ body, private: isNote, mentions = [] }: Draft) {
  if (!isNote) return []
  const ids = new Set<string>()
  return mentions.filter(({ userId, name }) => {
    const isNew = body.includes(`@${name}`) && !ids.has(userId)
    ids.add(userId)
    return isNew
  })
}
