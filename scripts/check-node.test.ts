import { expect, test } from 'vitest'
import { checkNode } from './check-node.mjs'

test.each(['20.0.0', '22.1.0', '100.0.0'])('Node %s is enough to start', (version) => {
  expect(() => checkNode(version)).not.toThrow()
})

test.each(['18.20.4', '9.11.2'])(
  'Node %s is refused with a sentence that says which is needed',
  (version) => {
    expect(() => checkNode(version)).toThrow('needs Node 20 or later')
  },
)
