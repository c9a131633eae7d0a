import { expect, test } from 'vitest'
import { exampleFor, listAttacked, ROWS } from './rows.ts'

const procedures = listAttacked()
const withInput = procedures.filter(({ shape }) => shape !== undefined)
const ids = procedures.flatMap((procedure) =>
  procedure.ids.map((id) => ({ ...id, procedure: procedure.path })),
)

test('every row is of a procedure that is there', () => {
  const paths = procedures.map(({ path }) => path)
  expect(Object.keys(ROWS).filter((path) => !paths.includes(path))).toEqual([])
})

test.each(withInput)('an input for $path can be derived', (procedure) => {
  for (const through of [undefined, ...procedure.ids.map(({ path }) => path)]) {
    const example = exampleFor(procedure, { through })
    const refused = procedure.input?.safeParse(example).error?.message
    expect(
      refused,
      `${procedure.path} does not take ${JSON.stringify(example)}, which its types allow. ` +
        "Say what it takes: in apps/server/attack/rows.ts, ROWS['…'].input.",
    ).toBeUndefined()
  }
})

test.each(ids)('$procedure: it is known what $path is the id of', ({ procedure, path, thing }) => {
  expect(
    thing,
    `${procedure} takes an id in ${path}, and nobody knows of what: then nobody tries one of another tenant. Add its ` +
      'field or router to a thing in apps/server/attack/things.ts (or a thing with how to make one), or to ' +
      'ROWS in apps/server/attack/rows.ts.',
  ).toBeDefined()
})
