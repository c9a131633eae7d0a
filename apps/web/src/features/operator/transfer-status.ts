import type { Trpc } from '../../lib/trpc.ts'

export type Transfer = Trpc['operator']['transfer']['byId']['~types']['output']

/** What a person sees of a transfer's state: more than its record says by itself. */
export type TransferState = 'running' | 'cancelling' | 'cutOff' | 'done' | 'failed' | 'cancelled'

export function transferStateOf({
  state,
  isCutOff,
  cancelAskedAt,
}: Pick<Transfer, 'state' | 'isCutOff' | 'cancelAskedAt'>): TransferState {
  if (state !== 'running') return state
  if (isCutOff) return 'cutOff'
  return cancelAskedAt === null ? 'running' : 'cancelling'
}

/** Somebody is at work, so that what is shown changes by itself. */
export function isUnderWay({ state }: Pick<Transfer, 'state'>): boolean {
  return state === 'running'
}

const STEPS = ['writing', 'storing', 'checking', 'making', 'filling', 'files', 'opening'] as const
export type TransferStep = (typeof STEPS)[number]

/** undefined: a word of another version, or not begun yet. */
export function stepOf({ progress }: Pick<Transfer, 'progress'>): TransferStep | undefined {
  return STEPS.find((step) => step === progress?.step)
}

const FAILURES = [
  'ARCHIVE',
  'CONNECTION_LOST',
  'CUT_OFF',
  'DISK_FULL',
  'SERVER_UNAVAILABLE',
  'STOPPED',
  'TENANT_EXISTS',
  'TENANT_UNKNOWN',
] as const
export type KnownFailure = (typeof FAILURES)[number] | 'other'

export function failureOf({ failure }: Pick<Transfer, 'failure'>): KnownFailure {
  return FAILURES.find((code) => code === failure?.code) ?? 'other'
}
