import { useStore } from 'zustand'
import { type Job, jobsStore } from '../../state/jobs.ts'
import { Icon } from '../icons.tsx'
import { progressWords } from '../words.ts'

function JobLine({ job: { label, done, total, unit, cancel } }: { job: Job }) {
  const known = total > 1
  const words = progressWords(done, total, unit)
  return (
    <div className="job">
      <div className="job-line">
        <span>
          {label}
          {words && <span className="soft figure">{`, ${words}`}</span>}
        </span>
        {cancel && (
          <button type="button" className="sign small" onClick={cancel} aria-label={`Stop: ${label}`} title="Stop">
            <Icon name="close" size={14} />
          </button>
        )}
      </div>
      <div
        className="job-bar"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={known ? total : undefined}
        aria-valuenow={known ? done : undefined}
        aria-valuetext={words || undefined}
        data-unknown={known ? undefined : ''}
      >
        <div style={known ? { transform: `scaleX(${Math.min(1, done / total)})` } : undefined} />
      </div>
    </div>
  )
}

/** Long work, each piece with how far it is and a way to stop it. */
export function Jobs() {
  const jobs = useStore(jobsStore, (state) => state.jobs)
  return jobs.map((job) => <JobLine key={job.id} job={job} />)
}
