/** What the house forbids and no linter rule names, with what to do instead. */
const FORBIDDEN: readonly (readonly [RegExp, string])[] = [
  // The type's beginning is part of it: "as unknown as one that …" is English, and stands in a test's title.
  [
    /\bas unknown as ([A-Z{([]|string|number|boolean|typeof)/,
    'two casts in a row: narrow the value with a check instead',
  ],
  [/(es|ox)lint-(disable|enable)/, 'mend the finding, or change the rule for everybody in .oxlintrc.json'],
  [/@ts-(ignore|expect-error|nocheck)/, 'mend the type'],
  [/\b(describe|it|test)(\.\w+)*\.only\(/, 'this would leave all other tests out'],
]

/** The advice for each thing in the line that should not be there. */
export function findForbidden(line: string): string[] {
  return FORBIDDEN.filter(([pattern]) => pattern.test(line)).map(([, advice]) => advice)
}
