import { useRouter } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'

/** Long enough to finish a syllable, short enough to feel like typing into the list. */
const SEARCH_DELAY_MS = 200

/**
 * The text of a search field that lives in the address: shown at once, told to `onSearch` when the typing
 * pauses. What the address says of itself (back, a cleared filter) wins over what is in the field; what it
 * only repeats, perhaps late, does not.
 */
export function useSearchText(
  applied: string,
  onSearch: (text: string) => void,
): [string, (text: string) => void] {
  const [text, setText] = useState(applied)
  const [lastApplied, setLastApplied] = useState(applied)
  const [told, setTold] = useState(applied)
  const router = useRouter()
  const latest = useRef(onSearch)
  useEffect(() => {
    latest.current = onSearch
  })
  if (applied !== lastApplied) {
    setLastApplied(applied)
    if (applied !== told) {
      setTold(applied)
      setText(applied)
    }
  }
  useEffect(() => {
    const wanted = text.trim()
    if (wanted === applied) return
    // An emptied field shows everything at once: nobody waits for less.
    let timer = setTimeout(tell, wanted === '' ? 0 : SEARCH_DELAY_MS)
    return () => clearTimeout(timer)

    function tell(): void {
      // Whoever is on the way to another page is not brought back by what they typed just before.
      if (router.state.status === 'pending') {
        timer = setTimeout(tell, SEARCH_DELAY_MS)
        return
      }
      setTold(wanted)
      latest.current(wanted)
    }
  }, [text, applied, router])
  return [text, setText]
}
