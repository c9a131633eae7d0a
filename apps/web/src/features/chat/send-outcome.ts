import type { Message } from '@sarai/api'
import { type Reaction, reactTo } from '../../lib/errors.ts'
import type { SendOutcome } from './outbox-runner.ts'

const RATE_LIMIT_PAUSE_MS = 10_000

/**
 * What a failed send means for the message. The clientId makes a repetition harmless, so whatever leaves
 * open whether it arrived is tried again.
 */
export function toSendOutcome(error: unknown): SendOutcome {
  const reaction = reactTo(error)
  switch (reaction.kind) {
    case 'retry':
      return transient(reaction.text === 'busy' ? 'busy' : 'network', reaction.afterMs)
    case 'silent':
      return transient('network')
    case 'notice':
      return reaction.notice === 'migrating' ? transient('busy') : { type: 'refused', failure: 'unexpected' }
    case 'conflict':
      return toUnseen(reaction.details)
    case 'fields':
      return { type: 'refused', failure: 'invalid' }
    case 'not-found':
      return { type: 'refused', failure: 'gone' }
    case 'sign-in':
      return { type: 'refused', failure: 'signedOut' }
    case 'toast':
      return fromText(reaction)
  }
}

function fromText({ text }: Extract<Reaction, { kind: 'toast' }>): SendOutcome {
  if (text === 'rateLimited') return transient('busy', RATE_LIMIT_PAUSE_MS)
  if (text === 'tooSlow') return transient('busy')
  if (text === 'forbidden') return { type: 'refused', failure: 'forbidden' }
  return { type: 'refused', failure: text === 'invalid' ? 'invalid' : 'unexpected' }
}

function transient(failure: 'network' | 'busy', afterMs: number | null = null): SendOutcome {
  return { type: 'transient', retryAfterMs: afterMs ?? 0, failure }
}

function toUnseen({ messages, lastSeq, mergedInto }: Record<string, unknown>): SendOutcome {
  if (typeof mergedInto === 'string') return { type: 'refused', failure: 'merged' }
  if (!Array.isArray(messages) || typeof lastSeq !== 'number')
    return { type: 'refused', failure: 'unexpected' }
  return { type: 'unseen', unseen: { messages: messages as Message[], lastSeq } }
}
