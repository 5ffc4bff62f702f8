import { Popover } from 'radix-ui'
import { useMemo } from 'react'
import { featureById } from '../../state/features.ts'
import { gradientCss, groupCss, RANGE_SIGMA } from '../../wall/colours.ts'
import { groupsOf } from '../../wall/groups.ts'
import { useTheme } from '../theme.ts'
import { useFeatures, useProject, useView } from '../use.ts'
import { shortened } from '../words.ts'

/** Groups named in the line; a button opens all of them. */
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

function Group({ name, index, most }: { name: string; index: number; most: number }) {
  const theme = useTheme()
  return (
    <li title={name}>
      <span className="swatch" style={{ background: groupCss(theme, index) }} />
      <span>{shortened(name, most)}</span>
    </li>
  )
}

/** All groups with their colours, over the line. */
function AllGroups({ names, label }: { names: string[]; label: string }) {
  return (
    <Popover.Root>
      <Popover.Trigger className="word small legend-more" title={`All ${names.length} with their colours`}>
        {`and ${names.length - NAMED} more`}
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="lifted legend-all"
          side="top"
          align="end"
          sideOffset={6}
          collisionPadding={8}
          aria-label={label}
        >
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by key (WCAG 2.1.1) */}
          <ul tabIndex={0} aria-label={label}>
            {names.map((name, index) => (
              <Group key={`${index}${name}`} name={name} index={index} most={80} />
            ))}
          </ul>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function GroupNames() {
  const documents = useProject((project) => project.documents)
  const { names, kind } = useMemo(() => groupsOf({ documents }), [documents])
  if (names.length < 2) return null
  const label = kind === 'document' ? 'Documents by colour' : 'Sections by colour'
  return (
    <>
      <ul className="legend-groups" aria-label={label}>
        {names.slice(0, NAMED).map((name, index) => (
          <Group key={`${index}${name}`} name={name} index={index} most={28} />
        ))}
      </ul>
      {names.length > NAMED && <AllGroups names={names} label={label} />}
    </>
  )
}

/** What colour means now; always in sight. */
export function Legend() {
  const colour = useView((view) => view.colour)
  return colour.by === 'feature' ? <Scale feature={colour.feature} /> : <GroupNames />
}
