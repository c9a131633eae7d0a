import { initialsOf } from '../../ui/initials.ts'

/** The first letter of a business, in our colour. */
export function WorkspaceMark({ name }: { name: string }) {
  return (
    <span
      aria-hidden
      data-initials={initialsOf(name).slice(0, 1)}
      className="flex size-6 before:content-[attr(data-initials)] shrink-0 items-center justify-center rounded-md bg-accent text-xs font-semibold text-on-accent"
    />
  )
}
