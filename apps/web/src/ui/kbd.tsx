import { keyName } from '../lib/keyboard.ts'

/** A key sequence as caps: `g d`, `mod+k`. Read out by its action's name, so hidden from screen readers. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span aria-hidden dir="ltr" className="inline-flex items-center gap-0.5">
      {keys.split(/[ +]/).map((key, index) => (
        <kbd
          key={`${index}${key}`}
          className="inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-line-strong bg-surface px-1 font-sans text-xs text-text-muted"
        >
          {keyName(key)}
        </kbd>
      ))}
    </span>
  )
}
