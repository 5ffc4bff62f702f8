import { Axes } from './Axes.tsx'
import { Cloud } from './Cloud.tsx'
import { Ghost } from './Ghost.tsx'
import { Ground } from './Ground.tsx'
import { Labels } from './Labels.tsx'
import { Motion } from './Motion.tsx'
import { Neighbours } from './Neighbours.tsx'
import { Sheet } from './Sheet.tsx'
import { Thread } from './Thread.tsx'
import { Tethers, Trails } from './Trails.tsx'

/**
 * Everything that stands in the space, in space coordinates; for a screen and a headset alike. Scale and place it by a
 * group around it. `ground` can be left out where there is a floor already.
 */
export function Space({ ground = true }: { ground?: boolean }) {
  return (
    <>
      <Motion />
      {ground && <Ground />}
      <Axes />
      <Thread />
      <Tethers />
      <Neighbours />
      <Trails />
      <Sheet />
      <Cloud />
      <Ghost />
      <Labels />
    </>
  )
}
