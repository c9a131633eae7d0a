/** A failure with what to do about it. It is shown as it is, without a stack. */
export class Stop extends Error {
  /**
   * @param {string} problem
   * @param {string} advice what to do, one line
   */
  constructor(problem, advice) {
    super(`${problem}\n  ${advice}`)
    this.name = 'Stop'
  }
}

/** @param {string} text */
export function step(text) {
  console.log(`\u203a ${text}`)
}

/** @param {string} text */
export function heading(text) {
  console.log(`\n\u2500\u2500 ${text} ${'\u2500'.repeat(Math.max(3, 60 - text.length))}`)
}

/** @param {number} startedAt from Date.now() */
export function elapsed(startedAt) {
  return `${((Date.now() - startedAt) / 1000).toFixed(1)} s`
}
