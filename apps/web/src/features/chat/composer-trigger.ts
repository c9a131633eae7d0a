import type { Draft } from './drafts.ts'

/** What somebody is typing that can be completed: `@bil` in a note. */
export interface Trigger {
  kind: 'mention'
  query: string
  /** Where its sign stands. */
  from: number
  /** Where the text cursor stands. */
  to: number
}

/** Long enough for a name, short enough that an @ of long ago is forgotten. */
const MENTION = /(?<=^|[\s(])@((?:[^@\n]{0,60}[^@\s])?)$/u

/** At the text cursor, if there is anything. Members are named in notes alone: a customer reads the rest. */
export function findTrigger({ body, private: isNote }: Draft, cursor: number): Trigger | null {
  if (!isNote) return null
  const found = MENTION.exec(body.slice(0, cursor))
  return found ? { kind: 'mention', query: found[1] ?? '', from: found.index, to: cursor } : null
}

/** The text with something else in the trigger's place, and where the cursor stands then. */
export function replaceTrigger(
  body: string,
  { from, to }: Trigger,
  text: string,
): { body: string; cursor: number } {
  const rest = body.slice(to)
  const inserted = /^\s/u.test(rest) ? text : `${text} `
  return { body: body.slice(0, from) + inserted + rest, cursor: from + text.length + 1 }
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
