import type { Mention } from '@sarai/api'
import { splitBody } from './split-body.ts'
import { languageOf } from './text-language.ts'

/** As it was written: its own direction, its own lines; Urdu in the face that Urdu is read in. */
export function MessageBody({ body, mentions = [] }: { body: string; mentions?: Mention[] }) {
  return (
    <p
      dir="auto"
      lang={languageOf(body)}
      className="reading text-start text-base break-words whitespace-pre-wrap [overflow-wrap:anywhere]"
    >
      {splitBody(body, mentions).map((part) => {
        if (part.type === 'text') return part.text
        if (part.type === 'mention') {
          return (
            <bdi key={part.at} className="font-semibold text-accent-text">
              {part.text}
            </bdi>
          )
        }
        return (
          <a
            key={part.at}
            href={part.text}
            target="_blank"
            rel="noreferrer noopener"
            className="text-accent-text underline underline-offset-2"
          >
            {part.text}
          </a>
        )
      })}
    </p>
  )
}
