/** What the log is narrowed to, as the address says it. Days are days of whoever looks. */
export interface AuditChoice {
  who?: string
  /** An action, or what it is done to: `role` stands for every `role.…`. */
  what?: string
  thing?: string
  from?: string
  to?: string
}

/** What the procedures and the file take. An action that nobody knows narrows nothing. */
export function toFilter<Action extends string>(
  { who, what, thing, from, to }: AuditChoice,
  known: readonly Action[],
) {
  const actions = known.filter((action) => action === what || kindOf(action) === what)
  return {
    ...(who && { actor: who }),
    ...(actions.length > 0 && { actions }),
    ...(thing && { entityId: thing }),
    ...(from && { from: beginOf(from, 0) }),
    ...(to && { to: beginOf(to, 1) }),
  }
}

/** What an action is done to. */
export function kindOf<Action extends string>(action: Action): KindOf<Action> {
  return action.slice(0, action.indexOf('.')) as KindOf<Action>
}

export type KindOf<Action extends string> = Action extends `${infer Kind}.${string}` ? Kind : never

export function isNarrowed(choice: AuditChoice): boolean {
  return Object.keys(choice).length > 0
}

/** The same with another value in one part; without one, that part narrows nothing. */
export function choose(choice: AuditChoice, part: keyof AuditChoice, value?: string): AuditChoice {
  const { [part]: _before, ...rest } = choice
  return value ? { ...rest, [part]: value } : rest
}

function beginOf(day: string, later: number): string {
  const begin = new Date(`${day}T00:00`)
  begin.setDate(begin.getDate() + later)
  return begin.toISOString()
}
