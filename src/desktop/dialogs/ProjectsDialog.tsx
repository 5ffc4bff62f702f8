import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { deleteAllProjects, deleteProject, openProject, renameProject } from '../../state/projects.ts'
import { type ProjectEntry, projectsDb } from '../../state/projectsDb.ts'
import { listSamples, type SampleEntry } from '../../state/samples.ts'
import { tell } from '../../state/trouble.ts'
import { chooseFiles } from '../files.ts'
import { Icon } from '../icons.tsx'
import { closeLayer, layersStore } from '../layers.ts'
import { trySample } from '../samples.ts'
import { useProject } from '../use.ts'
import { counted } from '../words.ts'
import { Layer } from './Layer.tsx'

const dates = new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeStyle: 'short' })

interface RowProps {
  entry: ProjectEntry
  current: boolean
  onChanged: () => void
}

function ProjectRow({ entry, current, onChanged }: RowProps) {
  const [doing, setDoing] = useState<'rename' | 'delete' | null>(null)
  const [name, setName] = useState(entry.name)
  const finish = (work: Promise<void>) => {
    setDoing(null)
    work.then(onChanged, tell)
  }

  if (doing === 'rename')
    return (
      <li>
        <form
          className="projects-form"
          onSubmit={(event) => {
            event.preventDefault()
            finish(renameProject(entry.id, name.trim() || entry.name))
          }}
        >
          <input
            className="field"
            value={name}
            onChange={({ target }) => setName(target.value)}
            aria-label="Name"
            // biome-ignore lint/a11y/noAutofocus: the person has just asked to write here
            autoFocus
          />
          <button type="submit" className="word plain">
            Rename
          </button>
        </form>
      </li>
    )
  if (doing === 'delete')
    return (
      <li>
        <span className="projects-ask">{`Delete “${entry.name}” for good?`}</span>
        <button type="button" className="word" onClick={() => setDoing(null)}>
          Keep it
        </button>
        <button type="button" className="word trouble" onClick={() => finish(deleteProject(entry.id))}>
          Delete
        </button>
      </li>
    )
  return (
    <li>
      <button
        type="button"
        className="projects-open"
        aria-current={current || undefined}
        onClick={() => openProject(entry.id).then(closeLayer, tell)}
      >
        <strong>{entry.name}</strong>
        <span>{`${counted(entry.passages, 'passage')}, ${dates.format(new Date(entry.changed))}`}</span>
      </button>
      <button
        type="button"
        className="sign"
        onClick={() => setDoing('rename')}
        aria-label={`Rename ${entry.name}`}
        title="Rename"
      >
        <Icon name="edit" />
      </button>
      <button
        type="button"
        className="sign"
        onClick={() => setDoing('delete')}
        aria-label={`Delete ${entry.name}`}
        title="Delete"
      >
        <Icon name="trash" />
      </button>
    </li>
  )
}

function ProjectList() {
  const [entries, setEntries] = useState<ProjectEntry[] | null>(null)
  const [samples, setSamples] = useState<SampleEntry[]>([])
  const [clearing, setClearing] = useState(false)
  const current = useProject((project) => project.id)
  const refresh = () => void projectsDb.list().then(setEntries, tell)
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew each time the list is opened
  useEffect(() => {
    refresh()
    // Without samples beside the page the list is simply without them.
    listSamples().then(setSamples, () => undefined)
  }, [])
  if (!entries) return <p className="soft">Looking for your projects</p>
  return (
    <>
      {entries.length === 0 ? (
        <p className="soft">Nothing kept yet. A text you open is kept here, in this browser, as you work.</p>
      ) : (
        <ul className="projects" aria-label="Kept projects">
          {entries.map((entry) => (
            <ProjectRow key={entry.id} entry={entry} current={entry.id === current} onChanged={refresh} />
          ))}
        </ul>
      )}
      {samples.length > 0 && (
        <>
          <h3 className="projects-head">Samples</h3>
          <ul className="projects" aria-label="Samples">
            {samples.map(({ id, title, description }) => (
              <li key={id}>
                <button
                  type="button"
                  className="projects-open"
                  onClick={() => {
                    trySample(id)
                    closeLayer()
                  }}
                >
                  <strong>{title}</strong>
                  <span>{description}</span>
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
      {entries.length > 0 && (
        <div className="projects-end">
          {clearing ? (
            <>
              <span>Delete every project kept in this browser? This cannot be undone.</span>
              <button type="button" className="word" onClick={() => setClearing(false)}>
                Keep them
              </button>
              <button
                type="button"
                className="word trouble"
                onClick={() => {
                  setClearing(false)
                  deleteAllProjects().then(refresh, tell)
                }}
              >
                Delete everything
              </button>
            </>
          ) : (
            <button type="button" className="word" onClick={() => setClearing(true)}>
              Delete everything
            </button>
          )}
        </div>
      )}
    </>
  )
}

/** What is kept in this browser: open, rename, delete, delete everything. */
export function ProjectsDialog() {
  const open = useStore(layersStore, (layers) => layers.open === 'projects')
  return (
    <Layer
      name="projects"
      title="Your projects"
      foot={
        <>
          <span className="start soft">Kept in this browser only.</span>
          <button
            type="button"
            className="firm"
            onClick={() => {
              closeLayer()
              chooseFiles()
            }}
          >
            Open a file
          </button>
        </>
      }
    >
      {open && <ProjectList />}
    </Layer>
  )
}
