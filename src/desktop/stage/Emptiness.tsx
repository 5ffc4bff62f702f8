import { useStore } from 'zustand'
import { jobsStore } from '../../state/jobs.ts'
import { startedStore } from '../../state/started.ts'
import { chooseFiles } from '../files.ts'
import { openLayer } from '../layers.ts'
import { trySample } from '../samples.ts'

/** A project without a text yet: what one can do here, and the ways in. */
export function Emptiness() {
  const busy = useStore(jobsStore, (state) => state.jobs.some(({ unit }) => unit === 'passages'))
  const started = useStore(startedStore, (state) => state.started)
  if (busy || !started) return null
  return (
    <div className="emptiness">
      <h2>A place to walk through what a text means.</h2>
      <p>
        Open an essay, a chapter, your notes. Each passage becomes a point; passages that mean alike stand together.
        Take one by the hand, and it is rewritten to say what its new place means.
      </p>
      <p>Everything is read on this machine. Nothing you open leaves it.</p>
      <div className="emptiness-ways">
        <button type="button" className="firm" onClick={() => chooseFiles()}>
          Open a text
        </button>
        <button type="button" className="word plain" onClick={() => openLayer('paste')}>
          Paste
        </button>
        <button type="button" className="word plain" onClick={() => trySample('essay')}>
          Look at a sample
        </button>
        <button type="button" className="word plain" onClick={() => openLayer('projects')}>
          Your projects
        </button>
      </div>
    </div>
  )
}
