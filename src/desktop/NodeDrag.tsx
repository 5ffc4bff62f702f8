import { useThree } from '@react-three/fiber'
import { useEffect } from 'react'
import { Matrix4, type Object3D, Plane, Raycaster, Vector2, Vector3 } from 'three'
import { outwards, wayOfHeld } from '../gestures/held.ts'
import { beginPull, cancelPull, commitPull, movePull } from '../gestures/pull.ts'
import type { Vec3 } from '../meaning/types.ts'
import { pick } from '../space/cloudMesh.ts'
import { positionsBuffer } from '../space/positions.ts'
import { currentScene } from '../space/scene.ts'
import { viewStore } from '../state/view.ts'
import { holdCamera } from './camera.ts'

/** Pixels from pressing a node until it counts as pulled. */
const SLOP = 5
/** A node must be rested on this long (ms) before letting go there means to blend with it. */
const DWELL = 320

const inverse = new Matrix4()

/**
 * Dragging a node with a mouse, a pen or a finger. The pointer moves it in the plane through the node that faces the
 * camera. A finger turns the space wherever it lands; it pulls only the node that is selected.
 */
export function NodeDrag() {
  const canvas = useThree(({ gl }) => gl.domElement)
  const get = useThree(({ get }) => get)

  useEffect(() => {
    const surface = canvas.parentElement ?? canvas
    const raycaster = new Raycaster()
    const at = new Vector2()
    const plane = new Plane()
    const point = new Vector3()
    const normal = new Vector3()
    let pressed: { id: string; row: number; pointer: number; x: number; y: number; alt: boolean } | null = null
    let pulling = false
    let from: Vec3 = [0, 0, 0]
    /** The only way the node can go, in space coordinates; null: anywhere in the plane. */
    let way: Vec3 | null = null
    let over: { id: string; since: number } | null = null
    let waiting = 0
    let resting: ReturnType<typeof setTimeout> | undefined

    const space = (): Object3D | undefined => get().scene.getObjectByName('cloud')
    const aim = (event: PointerEvent) => {
      const { left, top, width, height } = canvas.getBoundingClientRect()
      at.set(((event.clientX - left) / width) * 2 - 1, 1 - ((event.clientY - top) / height) * 2)
      raycaster.setFromCamera(at, get().camera)
    }
    const end = () => {
      cancelAnimationFrame(waiting)
      clearTimeout(resting)
      waiting = 0
      pressed = null
      pulling = false
      over = null
      holdCamera(false)
    }

    const begin = (): boolean => {
      const cloud = space()
      if (!pressed || !cloud) return false
      from = [...positionsBuffer.current.subarray(pressed.row * 3, pressed.row * 3 + 3)] as Vec3
      point.fromArray(from).applyMatrix4(cloud.matrixWorld)
      plane.setFromNormalAndCoplanarPoint(get().camera.getWorldDirection(normal), point)
      const right = new Vector3().setFromMatrixColumn(get().camera.matrixWorld, 0)
      right.transformDirection(inverse.copy(cloud.matrixWorld).invert())
      // Alt draws it out: away from the middle is more.
      way = wayOfHeld(pressed.alt ? outwards(from) : (right.toArray() as Vec3))
      return beginPull(pressed.id, { from, right: right.toArray() as Vec3, stretch: pressed.alt })
    }

    const carry = () => {
      waiting = 0
      const cloud = space()
      if (!pressed || !cloud || !raycaster.ray.intersectPlane(plane, point)) return
      cloud.worldToLocal(point)
      if (way) {
        const amount = point.toArray().reduce((sum, value, k) => sum + (value - from[k]) * way![k], 0)
        point.fromArray(from.map((value, k) => value + amount * way![k]))
      }
      // Only a node the pointer is truly on can be meant as a target, and not the one in the hand.
      const found = pick(raycaster.ray, cloud.matrixWorld, 0)
      const id = found && found.row !== pressed.row ? currentScene().ids[found.row] : null
      if (id !== over?.id) {
        clearTimeout(resting)
        over = id ? { id, since: performance.now() } : null
        // A pointer at rest says nothing more: what resting means is shown all the same.
        if (id) resting = setTimeout(carry, DWELL + 1)
      }
      movePull(point.toArray() as Vec3, { over: over && performance.now() - over.since > DWELL ? over.id : undefined })
    }

    const down = (event: PointerEvent) => {
      if (event.button !== 0 || event.shiftKey || pressed || get().gl.xr.isPresenting) return
      const cloud = space()
      if (!cloud) return
      aim(event)
      const found = pick(raycaster.ray, cloud.matrixWorld)
      if (!found) return
      const id = currentScene().ids[found.row]
      if (event.pointerType === 'touch' && viewStore.getState().selection[0] !== id) return
      pressed = { id, row: found.row, pointer: event.pointerId, x: event.clientX, y: event.clientY, alt: event.altKey }
      holdCamera(true)
    }
    const move = (event: PointerEvent) => {
      if (!pressed || event.pointerId !== pressed.pointer) return
      aim(event)
      if (!pulling) {
        if (Math.hypot(event.clientX - pressed.x, event.clientY - pressed.y) < SLOP) return
        if (!begin()) return end()
        pulling = true
        canvas.setPointerCapture(event.pointerId)
      }
      // As often as frames are drawn, and no oftener.
      waiting ||= requestAnimationFrame(carry)
    }
    const up = (event: PointerEvent) => {
      if (!pressed || event.pointerId !== pressed.pointer) return
      if (pulling) {
        if (waiting) {
          cancelAnimationFrame(waiting)
          carry()
        }
        void commitPull()
      }
      end()
    }
    const cancel = () => {
      if (pulling) cancelPull()
      if (pressed) end()
    }
    const key = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !pulling) return
      event.stopPropagation()
      cancel()
    }

    // Before the camera hears of it: a press on a node is not a turn of the space.
    surface.addEventListener('pointerdown', down, { capture: true })
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', up)
    window.addEventListener('pointercancel', cancel)
    window.addEventListener('keydown', key, { capture: true })
    return () => {
      cancel()
      surface.removeEventListener('pointerdown', down, { capture: true })
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', up)
      window.removeEventListener('pointercancel', cancel)
      window.removeEventListener('keydown', key, { capture: true })
    }
  }, [canvas, get])

  return null
}
