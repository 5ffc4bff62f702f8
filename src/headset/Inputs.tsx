import { DefaultXRController, DefaultXRHand, XRControllerModel, XRHandModel } from '@react-three/xr'
import { Suspense } from 'react'
import { CanvasTexture, Mesh, MeshMatcapMaterial, type Object3D, SRGBColorSpace } from 'three'
import { themes } from '../comfort.ts'
import { drawnAfterSpace } from './order.ts'

/** How far around the grip a node can be taken, and around a fingertip a node is touched. Metres. */
const GRAB_RADIUS = 0.07
const TOUCH = { hoverRadius: 0.1, downRadius: 0.02 }

/** A ray meets nothing nearer than this: the hand itself is there. Metres. */
const RAY_FROM = 0.04

const ray = { color: themes.night.inkSoft, maxLength: 1.5, size: 0.003, renderOrder: drawnAfterSpace.rays }
const cursor = { color: ray.color, size: 0.03, renderOrder: drawnAfterSpace.cursors }

let matte: MeshMatcapMaterial | undefined

/** A soft clay look that carries its own light, since the space has none: a ball, lit from above, as a picture. */
function matteMaterial(): MeshMatcapMaterial {
  if (matte) return matte
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = 64
  const context = canvas.getContext('2d')!
  const light = context.createRadialGradient(26, 18, 2, 32, 32, 34)
  light.addColorStop(0, '#8d97a8')
  light.addColorStop(0.6, '#4d5768')
  light.addColorStop(1, '#232b38')
  context.fillStyle = light
  context.fillRect(0, 0, 64, 64)
  const matcap = new CanvasTexture(canvas)
  matcap.colorSpace = SRGBColorSpace
  matte = new MeshMatcapMaterial({ matcap, transparent: true })
  return matte
}

function shade(model: Object3D | null): void {
  model?.traverse((part) => {
    if (!(part instanceof Mesh)) return
    part.material = matteMaterial()
    part.renderOrder = drawnAfterSpace.hands
  })
}

/** A controller: its own model, a short reach to grab and a ray to point with. */
export function Controller() {
  return (
    <>
      <Suspense fallback={null}>
        <XRControllerModel ref={shade} />
      </Suspense>
      <DefaultXRController
        model={false}
        grabPointer={{ radius: GRAB_RADIUS, cursorModel: false }}
        rayPointer={{ minDistance: RAY_FROM, rayModel: ray, cursorModel: cursor }}
      />
    </>
  )
}

/** A bare hand: pinch to grab, touch to read, a short ray for what is farther away. */
export function TrackedHand() {
  return (
    <>
      <Suspense fallback={null}>
        <XRHandModel ref={shade} />
      </Suspense>
      <DefaultXRHand
        model={false}
        grabPointer={{ radius: GRAB_RADIUS, cursorModel: false }}
        touchPointer={{ ...TOUCH, cursorModel: false }}
        rayPointer={{ minDistance: RAY_FROM, rayModel: ray, cursorModel: cursor }}
      />
    </>
  )
}
