import { TextField, type TextFieldProps } from './text-field.tsx'

/** An address: from the left in every language, on the keyboard that has an @, and nothing of it is a mistake of spelling. */
export function EmailField(props: TextFieldProps) {
  return <TextField {...props} type="email" dir="ltr" inputMode="email" spellCheck={false} />
}
