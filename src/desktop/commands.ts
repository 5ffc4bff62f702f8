import { enterVR, vrOffered } from '../headset/session.ts'
import { adopt, deleteBranch, nodeById, redo, select, setGrain, undo } from '../state/actions.ts'
import { historyStore } from '../state/history.ts'
import { notify } from '../state/notices.ts'
import { projectStore } from '../state/project.ts'
import { viewStore } from '../state/view.ts'
import { comfortCommands } from './comfortCommands.ts'
import { chooseFiles, exportText, saveProjectFile } from './files.ts'
import { openLayer } from './layers.ts'
import { setBlend, togglePanel } from './looking.ts'
import { trySample } from './samples.ts'
import { toggleTheme } from './theme.ts'

/** A thing one can do, as the palette, the menus, the keys and the help sheet all know it. */
export interface Command {
  id: string
  title: string
  group: 'Texts' | 'Project' | 'Branches' | 'View' | 'Comfort'
  /** Keys as `KeyboardEvent.key`, with “Mod” for Ctrl or ⌘. */
  keys?: string
  /** Left out where it would do nothing. */
  possible?: () => boolean
  /** Whether it is what holds now, for one of several choices. */
  on?: () => boolean
  run: () => void
}

const inhabited = () => projectStore.getState().project.documents.length > 0
const chosenBranch = () => {
  const [first] = viewStore.getState().selection
  return first ? nodeById(first)?.branch : undefined
}

/** Undo or redo, and say what it was. */
function step(way: () => string | null, done: string, nothing: string): void {
  const label = way()
  notify(label ? `${done}: ${label}` : nothing)
}

export const commands: Command[] = [
  { id: 'open', title: 'Open a text or project', group: 'Texts', keys: 'Mod+O', run: () => chooseFiles() },
  { id: 'paste', title: 'Paste a text', group: 'Texts', run: () => openLayer('paste') },
  {
    id: 'add',
    title: 'Add a text to this project',
    group: 'Texts',
    possible: inhabited,
    run: () => chooseFiles({ add: true }),
  },
  { id: 'sample-essay', title: 'Open the sample essay', group: 'Texts', run: () => trySample('essay') },
  {
    id: 'sentences',
    title: 'Read by sentences',
    group: 'Texts',
    possible: inhabited,
    run: () => void setGrain('sentence'),
  },
  {
    id: 'paragraphs',
    title: 'Read by paragraphs',
    group: 'Texts',
    possible: inhabited,
    run: () => void setGrain('paragraph'),
  },
  { id: 'projects', title: 'Your projects', group: 'Project', keys: 'Mod+Shift+O', run: () => openLayer('projects') },
  {
    id: 'save',
    title: 'Save the project as a file',
    group: 'Project',
    keys: 'Mod+S',
    possible: inhabited,
    run: () => void saveProjectFile(),
  },
  {
    id: 'export',
    title: 'Export the text',
    group: 'Project',
    keys: 'Mod+E',
    possible: inhabited,
    run: () => exportText(),
  },
  {
    id: 'export-marked',
    title: 'Export the text with changes marked',
    group: 'Project',
    possible: inhabited,
    run: () => exportText({ marked: true }),
  },
  {
    id: 'undo',
    title: 'Undo',
    group: 'Branches',
    keys: 'Mod+Z',
    possible: () => historyStore.getState().past.length > 0,
    run: () => step(undo, 'Undone', 'Nothing to undo.'),
  },
  {
    id: 'redo',
    title: 'Redo',
    group: 'Branches',
    keys: 'Mod+Shift+Z',
    possible: () => historyStore.getState().future.length > 0,
    run: () => step(redo, 'Done again', 'Nothing to redo.'),
  },
  {
    id: 'adopt',
    title: 'Put the selected branch into the document',
    group: 'Branches',
    possible: () => chosenBranch()?.adopted === false,
    run: () => adopt(chosenBranch()!.id),
  },
  {
    id: 'release',
    title: 'Take the selected branch out of the document',
    group: 'Branches',
    possible: () => chosenBranch()?.adopted === true,
    run: () => adopt(chosenBranch()!.id, false),
  },
  {
    id: 'delete-branch',
    title: 'Delete the selected branch',
    group: 'Branches',
    possible: () => chosenBranch() !== undefined,
    run: () => deleteBranch(chosenBranch()!.id),
  },
  {
    id: 'contrast',
    title: 'Make a feature of your own',
    group: 'Branches',
    possible: inhabited,
    run: () => openLayer('contrast'),
  },
  { id: 'map', title: 'Show the map', group: 'View', run: () => setBlend(0) },
  { id: 'axes', title: 'Show the axes', group: 'View', run: () => setBlend(1) },
  { id: 'text', title: 'Show or hide the text', group: 'View', keys: 'Mod+1', run: () => togglePanel('text') },
  { id: 'wall', title: 'Show or hide the wall', group: 'View', keys: 'Mod+2', run: () => togglePanel('wall') },
  {
    id: 'inspector',
    title: 'Show or hide the inspector',
    group: 'View',
    keys: 'Mod+3',
    run: () => togglePanel('inspector'),
  },
  {
    id: 'neighbours',
    title: 'Show or hide threads to the true neighbours',
    group: 'View',
    run: () => viewStore.setState(({ showNeighbours }) => ({ showNeighbours: !showNeighbours })),
  },
  {
    id: 'clear',
    title: 'Light everything again',
    group: 'View',
    possible: () => viewStore.getState().brush !== null || viewStore.getState().search !== null,
    run: () => viewStore.setState({ brush: null, search: null }),
  },
  {
    id: 'deselect',
    title: 'Let go of the selection',
    group: 'View',
    possible: () => viewStore.getState().selection.length > 0,
    run: () => select([]),
  },
  { id: 'theme', title: 'Change between night and paper', group: 'View', run: toggleTheme },
  {
    id: 'headset',
    title: 'Enter the headset',
    group: 'View',
    possible: () => vrOffered.getState().offered,
    run: () => void enterVR(),
  },
  { id: 'palette', title: 'Find anything', group: 'View', keys: 'Mod+K', run: () => openLayer('palette') },
  { id: 'help', title: 'Keys and gestures', group: 'View', keys: '?', run: () => openLayer('help') },
  ...comfortCommands,
]

export const commandById = (id: string): Command => commands.find((command) => command.id === id)!

const apple = /Mac|iPhone|iPad/.test(navigator.platform)

/** “Ctrl Shift Z”, or “⇧⌘Z” where that is how keys are written. */
export function keyWords(keys: string): string {
  const parts = keys.split('+')
  if (!apple) return parts.map((part) => (part === 'Mod' ? 'Ctrl' : part)).join(' ')
  return parts.map((part) => ({ Mod: '⌘', Shift: '⇧' })[part] ?? part).join('')
}
