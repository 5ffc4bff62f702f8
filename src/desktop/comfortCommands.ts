import { notify } from '../state/notices.ts'
import { type Preferences, preferencesStore } from '../state/preferences.ts'
import type { Command } from './commands.ts'

type Wish = Exclude<keyof Preferences, 'hintsSeen'>

/** One value of a preference as a command; what it changes is not always in sight, so it is said. */
function wish<Name extends Wish>(name: Name, value: Preferences[Name], title: string, said: string): Command {
  return {
    id: `${name}-${value}`,
    title,
    group: 'Comfort',
    on: () => preferencesStore.getState()[name] === value,
    run: () => {
      preferencesStore.setState({ [name]: value })
      notify(said)
    },
  }
}

function swapHands(): void {
  const leftHanded = !preferencesStore.getState().leftHanded
  preferencesStore.setState({ leftHanded })
  const [main, other] = leftHanded ? ['left', 'right'] : ['right', 'left']
  notify(`In the headset the ${main} hand leads now: undo and back are on it, the palette is on the ${other} one.`)
}

/** What holds for this person on this device: how they see, move and hear. */
export const comfortCommands: Command[] = [
  wish('theme', 'night', 'Theme: night', 'It is night now.'),
  wish('theme', 'paper', 'Theme: paper', 'It is paper now.'),
  wish('theme', 'system', 'Theme: as the system says', 'The theme follows your system now.'),
  wish('reducedMotion', 'always', 'Reduce motion: on', 'Nothing glides any more: what moves is there at once.'),
  wish('reducedMotion', 'never', 'Reduce motion: off', 'What moves glides, whatever your system says.'),
  wish('reducedMotion', 'system', 'Reduce motion: as the system says', 'Motion follows your system now.'),
  wish(
    'turn',
    'snap30',
    'Turn in the headset: by 30° at a time',
    'In the headset the stick turns you by 30° at a time.',
  ),
  wish(
    'turn',
    'snap45',
    'Turn in the headset: by 45° at a time',
    'In the headset the stick turns you by 45° at a time.',
  ),
  wish('turn', 'smooth', 'Turn in the headset: smoothly', 'In the headset you turn for as long as you push the stick.'),
  wish('sounds', true, 'Sounds in the headset: on', 'In the headset soft sounds double what the hand feels.'),
  wish('sounds', false, 'Sounds in the headset: off', 'The headset is silent now.'),
  { id: 'hands', title: 'Swap hands in the headset', group: 'Comfort', run: swapHands },
]
