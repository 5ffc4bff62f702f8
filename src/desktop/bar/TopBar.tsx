import { DropdownMenu } from 'radix-ui'
import { useStore } from 'zustand'
import { vrOffered } from '../../headset/session.ts'
import { historyStore } from '../../state/history.ts'
import { savedStore } from '../../state/saved.ts'
import { type Command, commandById, keyWords } from '../commands.ts'
import { Icon, type IconName, Mark } from '../icons.tsx'
import { openLayer } from '../layers.ts'
import { useTheme } from '../theme.ts'
import { useProject, useView } from '../use.ts'
import { SearchBox } from './SearchBox.tsx'

const titleOf = ({ title, keys }: Command) => (keys ? `${title} (${keyWords(keys)})` : title)

function CommandSign({
  id,
  icon,
  pressed,
  disabled,
}: {
  id: string
  icon: IconName
  pressed?: boolean
  disabled?: boolean
}) {
  const command = commandById(id)
  return (
    <button
      type="button"
      className="sign"
      data-command={id}
      onClick={command.run}
      disabled={disabled}
      aria-label={command.title}
      aria-pressed={pressed}
      title={titleOf(command)}
    >
      <Icon name={icon} />
    </button>
  )
}

function MenuItem({ id }: { id: string }) {
  const { title, keys, run, possible } = commandById(id)
  return (
    <DropdownMenu.Item className="menu-item" onSelect={run} disabled={possible?.() === false}>
      {title}
      {keys && <kbd>{keyWords(keys)}</kbd>}
    </DropdownMenu.Item>
  )
}

const menu = [
  ['open', 'paste', 'add', 'sample-essay'],
  ['save', 'export', 'export-marked'],
  ['sentences', 'paragraphs'],
  ['projects', 'contrast'],
  ['palette', 'theme', 'help'],
]

function Menu() {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger className="sign" aria-label="Menu" title="Menu">
        <Icon name="more" />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className="lifted menu" align="end" sideOffset={6} collisionPadding={8}>
          {menu.map((group, index) => (
            <DropdownMenu.Group key={group[0]}>
              {index > 0 && <DropdownMenu.Separator className="menu-rule" />}
              {group.map((id) => (
                <MenuItem key={id} id={id} />
              ))}
            </DropdownMenu.Group>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  )
}

const keptWords = { untouched: '', waiting: '', saved: 'Kept', failed: 'Not kept' }

/** Whether the project stands in this browser. */
function Kept() {
  const { state, at } = useStore(savedStore)
  if (!keptWords[state]) return null
  return (
    <span
      className="bar-kept"
      data-state={state}
      title={at ? `Kept in this browser, ${new Date(at).toLocaleTimeString()}` : ''}
    >
      {keptWords[state]}
    </span>
  )
}

/** The line on top: whose text this is, finding, undoing, and the ways to look. */
export function TopBar() {
  const name = useProject((project) => project.name)
  const past = useStore(historyStore, (history) => history.past.at(-1))
  const future = useStore(historyStore, (history) => history.future[0])
  const panels = useView((view) => view.panels)
  const vr = useStore(vrOffered, (state) => state.offered)
  const theme = useTheme()
  return (
    <header className="bar">
      <div className="bar-mark">
        <Mark />
        <h1>Noema</h1>
      </div>
      <button
        type="button"
        className="word plain bar-project"
        onClick={() => openLayer('projects')}
        title="Your projects"
      >
        <span>{name}</span>
        <Icon name="down" size={14} />
      </button>
      <Kept />
      <div className="bar-gap" />
      <SearchBox />
      <div className="bar-gap" />
      <CommandSign id="undo" icon="undo" disabled={!past} />
      <CommandSign id="redo" icon="redo" disabled={!future} />
      <span className="bar-rule" />
      <div className="bar-panels">
        <CommandSign id="text" icon="text" pressed={panels.text} />
        <CommandSign id="wall" icon="wall" pressed={panels.wall} />
        <CommandSign id="inspector" icon="inspector" pressed={panels.inspector} />
      </div>
      <CommandSign id="theme" icon={theme === 'night' ? 'sun' : 'moon'} />
      {vr && (
        <button type="button" className="word plain" onClick={commandById('headset').run}>
          <Icon name="headset" />
          Enter
        </button>
      )}
      <Menu />
    </header>
  )
}
