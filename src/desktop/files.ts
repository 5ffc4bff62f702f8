import { importFiles } from '../state/actions.ts'
import { exportMarkdown } from '../state/exportText.ts'
import { notify } from '../state/notices.ts'
import { projectStore } from '../state/project.ts'
import { decodeProject, encodeProject } from '../state/projectFile.ts'
import { showOpened } from '../state/projects.ts'
import { tell } from '../state/trouble.ts'
import { viewStore } from '../state/view.ts'

/** Files to and from this machine: nothing goes anywhere else. */

const PROJECT = /\.noema$/i
const TEXTS = '.txt,.md,.markdown,.text,.srt,.vtt,text/plain,text/markdown'

const safeName = (name: string): string => name.replace(/[\\/:*?"<>|]+/g, ' ').trim() || 'Untitled'

export function download(content: BlobPart, name: string, type: string): void {
  const address = URL.createObjectURL(new Blob([content], { type }))
  const link = document.createElement('a')
  link.href = address
  link.download = name
  link.click()
  // The browser reads the address after the click has returned.
  setTimeout(() => URL.revokeObjectURL(address), 10_000)
}

/** Everything, in one file. */
export async function saveProjectFile(): Promise<void> {
  const { project } = projectStore.getState()
  try {
    const bytes = await encodeProject(project, viewStore.getState())
    download(bytes as Uint8Array<ArrayBuffer>, `${safeName(project.name)}.noema`, 'application/zip')
  } catch (error) {
    tell(error)
  }
}

/** The text with what was adopted; `marked` shows what was there before. */
export function exportText({ marked = false } = {}): void {
  const { project } = projectStore.getState()
  const name = `${safeName(project.name)}${marked ? ' (changes marked)' : ''}.md`
  download(exportMarkdown(project, { marked }), name, 'text/markdown')
}

async function openProjectFile(file: File): Promise<void> {
  try {
    const opened = await decodeProject(new Uint8Array(await file.arrayBuffer()))
    showOpened(opened)
    notify(`“${opened.project.name}” is open, as it was left.`)
  } catch (error) {
    tell(error)
  }
}

/** Open what was chosen or dropped: a project file as it was, texts as a new project or (`add`) into this one. */
export async function openFiles(files: Iterable<File>, { add = false } = {}): Promise<void> {
  const all = [...files]
  const project = all.find(({ name }) => PROJECT.test(name))
  if (project) await openProjectFile(project)
  const texts = all.filter(({ name }) => !PROJECT.test(name))
  if (texts.length > 0) await importFiles(texts, { add: add || project !== undefined })
}

/** Ask for files. Must be called from a click or a key. */
export function chooseFiles({ add = false } = {}): void {
  const input = document.createElement('input')
  input.type = 'file'
  input.multiple = true
  input.accept = add ? TEXTS : `${TEXTS},.noema`
  input.onchange = () => void openFiles(input.files ?? [], { add })
  input.click()
}
