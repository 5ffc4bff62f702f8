import { type Preferences, preferencesStore } from '../state/preferences.ts'
import type { Button } from './sheet.ts'

const turns: Record<Preferences['turn'], string> = {
  snap45: 'Stick turns 45°',
  snap30: 'Stick turns 30°',
  smooth: 'Stick turns smoothly',
}

const stillness: Record<Preferences['reducedMotion'], string> = {
  system: 'Reduce motion: as the system',
  always: 'Reduce motion: on',
  never: 'Reduce motion: off',
}

function set(part: Partial<Preferences>): void {
  preferencesStore.setState(part)
}

/** The value after `now`, and after the last the first. */
function after<Value extends string>(words: Record<Value, string>, now: Value): Value {
  const values = Object.keys(words) as Value[]
  return values[(values.indexOf(now) + 1) % values.length]
}

/** What is comfortable for this person: each button says how it is, and a press goes on to the next. */
export function preferenceButtons(): Button[] {
  const { turn, reducedMotion, leftHanded, sounds } = preferencesStore.getState()
  return [
    { label: turns[turn], press: () => set({ turn: after(turns, turn) }) },
    { label: `Main hand: ${leftHanded ? 'left' : 'right'}`, press: () => set({ leftHanded: !leftHanded }) },
    { label: stillness[reducedMotion], press: () => set({ reducedMotion: after(stillness, reducedMotion) }) },
    { label: `Sounds: ${sounds ? 'on' : 'off'}`, press: () => set({ sounds: !sounds }) },
  ]
}
