import { nodeById } from '../state/actions.ts'
import { featureById } from '../state/features.ts'
import { notify } from '../state/notices.ts'
import { pullStore } from '../state/pull.ts'
import { viewStore } from '../state/view.ts'
import { numberedFeatures } from './numbered.ts'
import { dropPull, landPull, pullBy } from './pulling.ts'
import { poleWords } from './words.ts'

/** Keys pull by a quarter of a σ (design, "Gestures"). */
const STEP = 0.25

/** A digit held longer than this is held for a drag, and let go with the key; a tap leaves the feature in hand. */
const TAP = 300

let pressed: { key: string; since: number } | null = null
let asked = { node: '', sigma: 0 }

function hold(key: string): void {
  const feature = numberedFeatures()[Number(key) - 1]
  if (!feature || pressed) return
  pressed = { key, since: performance.now() }
  if (asked.sigma !== 0) putBack()
  viewStore.setState({ heldFeature: feature })
}

function release(key: string): void {
  if (pressed?.key !== key) return
  const tapped = performance.now() - pressed.since < TAP
  pressed = null
  const { heldFeature } = viewStore.getState()
  const feature = heldFeature && featureById(heldFeature)
  if (!feature) return
  if (tapped)
    notify(`${feature.name} is in hand (${poleWords(feature)}): arrows or a drag pull along it, Escape lets it go.`)
  else letGoAfterDrag(feature.id)
}

/** A drag under way keeps its feature until it is let go. */
function letGoAfterDrag(feature: string): void {
  const done = () => pullStore.getState().pull?.phase !== 'held'
  const letGo = () => {
    if (viewStore.getState().heldFeature === feature) viewStore.setState({ heldFeature: null })
  }
  if (done()) {
    letGo()
    return
  }
  const stop = pullStore.subscribe(() => {
    if (!done()) return
    stop()
    letGo()
  })
}

function putBack(): void {
  asked = { node: '', sigma: 0 }
  dropPull()
}

/**
 * Digits choose the feature; with a passage selected, ← and → pull it by ¼ σ, Enter lets it land, Escape puts it back.
 * @returns whether the key was one of these.
 */
export function holdKeyDown(event: KeyboardEvent): boolean {
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  if (/^[1-9]$/.test(event.key)) {
    if (!event.repeat) hold(event.key)
    return true
  }
  const { heldFeature, selection } = viewStore.getState()
  if (!heldFeature) return false
  const node = nodeById(selection[0] ?? '')
  const way = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
  if (way && node) {
    const sigma = (asked.node === node.id ? asked.sigma : 0) + way * STEP
    if (pullBy(node.id, heldFeature, sigma)) asked = { node: node.id, sigma }
    return true
  }
  if (event.key === 'Enter' && asked.sigma !== 0) {
    asked = { node: '', sigma: 0 }
    void landPull()
    return true
  }
  if (event.key === 'Escape') {
    if (asked.sigma !== 0) putBack()
    else viewStore.setState({ heldFeature: null })
    return true
  }
  return false
}

export const holdKeyUp = ({ key }: KeyboardEvent): void => release(key)
