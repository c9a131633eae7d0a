import { cx } from './cx.ts'

const LOOK =
  'w-full min-w-0 rounded-md border border-line-control bg-surface text-base text-text transition-colors pointer-coarse:text-[1rem]'

const CONTROL =
  'focus-visible:border-focus focus-visible:outline-1 focus-visible:outline-offset-0 disabled:bg-sunken disabled:text-text-faint aria-invalid:border-danger-text aria-invalid:outline-danger-text'

const BOX =
  'has-[input:focus-visible]:border-focus has-[input:focus-visible]:outline-1 has-[input:focus-visible]:outline-focus has-[input:disabled]:bg-sunken has-[input:disabled]:text-text-faint has-aria-invalid:border-danger-text has-aria-invalid:outline-danger-text'

/** The look that text areas and select triggers share. */
export function controlClass(...more: (string | false | undefined)[]): string {
  return cx(LOOK, CONTROL, ...more)
}

/** The same around an input with something beside it. */
export function controlBoxClass(...more: (string | false | undefined)[]): string {
  return cx(LOOK, BOX, ...more)
}
