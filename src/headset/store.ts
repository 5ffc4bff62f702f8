import { createXRStore } from '@react-three/xr'
import { foveation, frameRates } from '../comfort.ts'
import { Controller, TrackedHand } from './Inputs.tsx'
import { vrOffered } from './session.ts'

/** The nearest of the comfortable rates that the device can keep; software that misses frames sickens. */
const frameRate = (supported: ArrayLike<number>): number | false =>
  frameRates.find((rate) => Array.from(supported).includes(rate)) ?? false

/**
 * The one session of the headset. Controller and hand models come from this origin, through an absolute address
 * (the library resolves names against it with `new URL`).
 */
export const xrStore = createXRStore({
  emulate: false,
  offerSession: false,
  enterGrantedSession: false,
  frameRate,
  foveation,
  baseAssetPath: new URL('./profiles/', document.baseURI).href,
  defaultControllerProfileId: 'generic-trigger-squeeze-thumbstick',
  handTracking: true,
  controller: Controller,
  hand: TrackedHand,
  // Nothing of the room or the body is needed, so nothing of it is asked for.
  anchors: false,
  bodyTracking: false,
  depthSensing: false,
  domOverlay: false,
  hitTest: false,
  layers: false,
  meshDetection: false,
  planeDetection: false,
})

xrStore.subscribe(({ session }) => vrOffered.setState({ inside: session !== undefined }))
