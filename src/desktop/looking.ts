import { type AxisName, type View, viewStore } from '../state/view.ts'

/** How the person looks at the project: small changes of the view that keys, menus and panels share. */

/** Show a feature along an axis. Choosing one from the map goes to the axes, since nothing would be seen otherwise. */
export function setAxis(axis: AxisName, feature: string | null): void {
  viewStore.setState(({ axes, blend }) => ({
    axes: { ...axes, [axis]: feature },
    blend: feature && blend === 0 ? 1 : blend,
  }))
}

/** 0 = map, 1 = axes; near an end it is that end, because a pull needs to know which of the two it means. */
export function setBlend(blend: number): void {
  viewStore.setState({ blend: blend < 0.03 ? 0 : blend > 0.97 ? 1 : blend })
}

export function setColour(feature: string | null): void {
  viewStore.setState({ colour: feature ? { by: 'feature', feature } : { by: 'group' } })
}

export function togglePanel(panel: keyof View['panels']): void {
  viewStore.setState(({ panels }) => ({ panels: { ...panels, [panel]: !panels[panel] } }))
}

export function showInspector(): void {
  viewStore.setState(({ panels }) => ({ panels: { ...panels, inspector: true } }))
}
