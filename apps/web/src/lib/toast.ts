export interface Toast {
  /** The same id replaces what is there. */
  id?: string
  title: string
  description?: string
  tone?: 'neutral' | 'success' | 'danger'
  action?: { label: string; run: () => void }
  /** Of work that took a while: it waits for who looked elsewhere meanwhile. */
  isLasting?: boolean
}

export interface ToastHost {
  add: (toast: Toast) => void
}

const waiting: Toast[] = []
let host: ToastHost | null = null
let onFirst: () => void = () => {}

/** Shows a toast and reads it out. The part that draws it is loaded with the first one. */
export function showToast(toast: Toast): void {
  if (host) {
    host.add(toast)
    return
  }
  waiting.push(toast)
  onFirst()
}

export function onFirstToast(listener: () => void): () => void {
  onFirst = listener
  if (waiting.length > 0) listener()
  return () => {
    onFirst = () => {}
  }
}

export function attachToastHost(next: ToastHost): () => void {
  host = next
  for (const toast of waiting.splice(0)) next.add(toast)
  return () => {
    if (host === next) host = null
  }
}
