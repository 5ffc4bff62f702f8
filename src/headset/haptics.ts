import { preferencesStore } from '../state/preferences.ts'
import { hands, type Side } from './hands.ts'

/** What a hand feels: strength 0…1 and length in milliseconds; what it hears instead: pitch in Hz and loudness 0…1. */
const feelings = {
  hover: { strength: 0.15, milliseconds: 12, pitch: 1200, loudness: 0.015 },
  detent: { strength: 0.3, milliseconds: 18, pitch: 900, loudness: 0.03 },
  step: { strength: 0.8, milliseconds: 45, pitch: 600, loudness: 0.06 },
  press: { strength: 0.4, milliseconds: 20, pitch: 760, loudness: 0.03 },
  text: { strength: 0.5, milliseconds: 30, pitch: 520, loudness: 0.04 },
  landed: { strength: 0.7, milliseconds: 60, pitch: 440, loudness: 0.06 },
} as const

export type Feeling = keyof typeof feelings

let audio: AudioContext | undefined

/** A short soft note. Bare hands have no motor, and some people do not feel one. */
function sound({ pitch, loudness, milliseconds }: (typeof feelings)[Feeling]): void {
  audio ??= new AudioContext()
  const now = audio.currentTime
  const end = now + Math.max(0.04, (milliseconds / 1000) * 2)
  const tone = audio.createOscillator()
  const volume = audio.createGain()
  tone.frequency.value = pitch
  volume.gain.setValueAtTime(loudness, now)
  volume.gain.exponentialRampToValueAtTime(1e-4, end)
  tone.connect(volume).connect(audio.destination)
  tone.start(now)
  tone.stop(end)
}

type Motor = { pulse?: (strength: number, milliseconds: number) => Promise<unknown> }

/** Let one hand feel (and hear, unless sounds are off) something. */
export function tick(side: Side, feeling: Feeling): void {
  const what = feelings[feeling]
  const gamepad = hands[side].source?.gamepad as { hapticActuators?: Motor[] } | undefined
  // Not every device that has a motor lets it be used.
  gamepad?.hapticActuators?.[0]?.pulse?.(what.strength, what.milliseconds)?.catch(() => undefined)
  if (preferencesStore.getState().sounds) sound(what)
}
