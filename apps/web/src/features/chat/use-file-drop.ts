import { useEffect, useRef, useState } from 'react'

/**
 * Files that are dropped anywhere on the page go to the message that is being written; without this the browser would
 * leave the page and open them. Says whether some are held over the page.
 */
export function useFileDrop(onFiles: (files: File[]) => void): boolean {
  const [isOver, setOver] = useState(false)
  const latest = useRef(onFiles)
  useEffect(() => {
    latest.current = onFiles
  })
  useEffect(() => {
    const listening = new AbortController()
    const { signal } = listening
    // Each element under the pointer is entered before the one before it is left.
    let depth = 0
    function move(by: number): void {
      depth = Math.max(0, depth + by)
      setOver(depth > 0)
    }
    const listen = (type: 'dragenter' | 'dragover' | 'dragleave' | 'drop', run: (event: DragEvent) => void) =>
      document.addEventListener(type, (event) => hasFiles(event) && run(event), { signal })
    listen('dragenter', () => move(1))
    listen('dragleave', () => move(-1))
    listen('dragover', (event) => event.preventDefault())
    listen('drop', (event) => {
      event.preventDefault()
      move(-depth)
      latest.current([...(event.dataTransfer?.files ?? [])])
    })
    return () => listening.abort()
  }, [])
  return isOver
}

function hasFiles({ dataTransfer }: DragEvent): boolean {
  return dataTransfer?.types.includes('Files') === true
}
