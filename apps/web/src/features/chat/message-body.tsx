import { splitLinks } from './message-links.ts'
import { languageOf } from './text-language.ts'

/** As it was written: its own direction, its own lines; Urdu in the face that Urdu is read in. */
export function MessageBody({ body }: { body: string }) {
  return (
    <p
      dir="auto"
      lang={languageOf(body)}
      className="reading text-start text-base break-words whitespace-pre-wrap [overflow-wrap:anywhere]"
    >
      {splitLinks(body).map((part) =>
        part.type === 'text' ? (
          part.text
        ) : (
          <a
            key={part.at}
            href={part.text}
            target="_blank"
            rel="noreferrer noopener"
            className="text-accent-text underline underline-offset-2"
          >
            {part.text}
          </a>
        ),
      )}
    </p>
  )
}
