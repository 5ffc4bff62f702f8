import { useMemo } from 'react'
import { featureById } from '../../state/features.ts'
import { gradientCss, groupCss, RANGE_SIGMA } from '../../wall/colours.ts'
import { groupsOf } from '../../wall/groups.ts'
import { useTheme } from '../theme.ts'
import { useFeatures, useProject, useView } from '../use.ts'
import { shortened } from '../words.ts'

/** Groups named in the line; the rest are told by number. */
const NAMED = 3

function Scale({ feature: id }: { feature: string }) {
  const theme = useTheme()
  useFeatures()
  const feature = featureById(id)
  if (!feature) return null
  return (
    <div className="legend-scale">
      <span>{feature.poles[0]}</span>
      <div
        className="legend-bar"
        role="img"
        aria-label={`From ${feature.poles[0]} at −${RANGE_SIGMA} σ to ${feature.poles[1]} at +${RANGE_SIGMA} σ`}
        style={{ background: gradientCss(theme) }}
      />
      <span>{feature.poles[1]}</span>
    </div>
  )
}

function GroupNames() {
  const theme = useTheme()
  const documents = useProject((project) => project.documents)
  const { names, kind } = useMemo(() => groupsOf({ documents }), [documents])
  if (names.length < 2) return null
  const rest = names.length - NAMED
  return (
    <ul className="legend-groups" aria-label={kind === 'document' ? 'Documents by colour' : 'Sections by colour'}>
      {names.slice(0, NAMED).map((name, index) => (
        <li key={`${index}${name}`} title={name}>
          <span className="swatch" style={{ background: groupCss(theme, index) }} />
          <span>{shortened(name, 28)}</span>
        </li>
      ))}
      {rest > 0 && (
        <li title={names.slice(NAMED).join('\n')}>
          <span>{`and ${rest} more`}</span>
        </li>
      )}
    </ul>
  )
}

/** What colour means now; always in sight. */
export function Legend() {
  const colour = useView((view) => view.colour)
  return colour.by === 'feature' ? <Scale feature={colour.feature} /> : <GroupNames />
}
