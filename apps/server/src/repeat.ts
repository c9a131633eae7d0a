export interface Pace {
  firstAfterMs: number
  /** From the end of one to the beginning of the next. */
  everyMs: number
}

/** Runs `work` again and again, also after it has failed, which it says itself. Returns what ends it. */
export function repeat(work: () => Promise<unknown>, { firstAfterMs, everyMs }: Pace): () => void {
  let isEnded = false
  const begin = () => void run()
  let timer = setTimeout(begin, firstAfterMs).unref()

  async function run(): Promise<void> {
    await work().catch(() => undefined)
    if (!isEnded) timer = setTimeout(begin, everyMs).unref()
  }

  return () => {
    isEnded = true
    clearTimeout(timer)
  }
}
