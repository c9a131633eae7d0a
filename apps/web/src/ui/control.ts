import { cx } from './cx.ts'

const CONTROL =
  'w-full min-w-0 rounded-md border border-line-control bg-surface text-base text-text transition-colors pointer-coarse:text-[1rem] focus-visible:border-focus focus-visible:outline-1 focus-visible:outline-offset-0 disabled:bg-sunken disabled:text-text-faint aria-invalid:border-danger-text aria-invalid:outline-danger-text'

/** The look that text fields, text areas and select triggers share. */
export function controlClass(...more: (string | false | undefined)[]): string {
  return cx(CONTROL, ...more)
}
