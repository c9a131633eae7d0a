/** Two soft notes, made here: nothing is fetched. */
const NOTES = [
  { hertz: 660, atSeconds: 0 },
  { hertz: 880, atSeconds: 0.12 },
]
const NOTE_SECONDS = 0.18
const VOLUME = 0.07

let context: AudioContext | undefined

/** Silent where the browser allows no sound yet: before anything on the page was pressed. */
export function playChime(): void {
  if (!navigator.userActivation?.hasBeenActive) return
  context ??= new AudioContext()
  const { currentTime, destination } = context
  for (const { hertz, atSeconds } of NOTES) {
    const [note, volume] = [context.createOscillator(), context.createGain()]
    const from = currentTime + atSeconds
    note.frequency.value = hertz
    volume.gain.setValueAtTime(0, from)
    volume.gain.linearRampToValueAtTime(VOLUME, from + 0.02)
    volume.gain.exponentialRampToValueAtTime(0.0001, from + NOTE_SECONDS)
    note.connect(volume).connect(destination)
    note.start(from)
    note.stop(from + NOTE_SECONDS)
  }
}
