import { commands, keyWords } from '../commands.ts'
import { Layer } from './Layer.tsx'

const gestures: [title: string, rows: [what: string, how: string][]][] = [
  [
    'Looking and reading',
    [
      ['Turn the space', 'drag, or arrows'],
      ['Come closer, go away', 'scroll, or Page Up, Page Down'],
      ['See all of it', 'Home'],
      ['Read a passage', 'point at it'],
      ['Keep hold of it', 'click; or Enter, for the middle one'],
      ['Open it beside the space', 'Enter'],
      ['Walk to a neighbour', 'select, then arrows'],
      ['Select several', 'Shift click, or Shift Space in the list'],
      ['Let go of one of them', 'the same once more'],
      ['Theme, motion, comfort in the headset', keyWords('Mod+K')],
    ],
  ],
  [
    'Moving meaning',
    [
      ['Pull', 'drag a passage'],
      ['Pull along one feature', 'hold its number (1–9), and drag'],
      ['The same by key', '1–9, then ← →, Enter'],
      ['Stretch', 'Alt drag'],
      ['Blend two', 'drag one onto the other, and back for less of it'],
      ['A sheet through three or four', 'select them, and point at it'],
      ['Equalise a span', 'brush the wall, drag a band'],
      ['Put everything back', 'Esc'],
    ],
  ],
]

/** Keys and gestures, on one sheet. */
export function HelpSheet() {
  return (
    <Layer name="help" title="Keys and gestures" wide>
      <div className="help-groups">
        {gestures.map(([title, rows]) => (
          <div key={title}>
            <h3>{title}</h3>
            <ul>
              {rows.map(([what, how]) => (
                <li key={what}>
                  <span>{what}</span>
                  <span className="how">{how}</span>
                </li>
              ))}
            </ul>
          </div>
        ))}
        <div>
          <h3>Everything else</h3>
          <ul>
            {commands
              .filter(({ keys }) => keys)
              .map(({ id, title, keys }) => (
                <li key={id}>
                  <span>{title}</span>
                  <kbd>{keyWords(keys!)}</kbd>
                </li>
              ))}
          </ul>
        </div>
      </div>
    </Layer>
  )
}
