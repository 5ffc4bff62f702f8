import { useFrame, useThree } from '@react-three/fiber'
import { useEffect, useRef } from 'react'
import { type Camera, type Group, Matrix4, type PerspectiveCamera, Vector2, Vector3, type WebGLRenderer } from 'three'
import { headsetPixel, readTheme, sendPlaces, shared } from './frame.ts'
import { onPlacesStale, settlePositions } from './positions.ts'
import { sight } from './sight.ts'
import { onThemeChange } from './theme.ts'

/** The cloud fits a sphere of about this radius; the fog spans it. */
const EXTENT = 1.25

const eye = new Vector3()
const worldToSpace = new Matrix4()
const buffer = new Vector2()

function readEye(renderer: WebGLRenderer, camera: Camera, height: number, group: Group): void {
  const { pixel, fog, nearFade, viewport } = shared
  if (renderer.xr.isPresenting) {
    // What comes close to the face fades at 0.40 m and is gone at 0.30 m (Microsoft mixed-reality comfort).
    pixel.value = headsetPixel
    nearFade.value.set(0.3, 0.4)
    viewport.value.set(0, 0, 1)
    eye.setFromMatrixPosition(renderer.xr.getCamera().matrixWorld)
  } else {
    const { fov, zoom } = camera as PerspectiveCamera
    pixel.value = (2 * Math.tan((fov * Math.PI) / 360)) / zoom / height
    nearFade.value.set(0.04, 0.1)
    renderer.getDrawingBufferSize(buffer)
    viewport.value.set(buffer.x, buffer.y, renderer.getPixelRatio())
    eye.setFromMatrixPosition(camera.matrixWorld)
  }
  eye.applyMatrix4(worldToSpace.copy(group.matrixWorld).invert())
  const away = eye.length()
  // From the near face of the cloud to well behind it; inside the cloud, from arm's length on.
  fog.value.x = Math.max(0.35, away - EXTENT * 0.75)
  fog.value.y = Math.max(2.2, away + EXTENT * 1.15)
}

/** Time passes: places ease to where they should be, and the shaders learn where the eye is. Mount before the rest. */
export function Motion() {
  const group = useRef<Group>(null)
  const invalidate = useThree(({ invalidate }) => invalidate)

  useEffect(() => {
    const wake = () => invalidate()
    const stops = [
      onPlacesStale(wake),
      onThemeChange(() => {
        readTheme()
        invalidate()
      }),
    ]
    readTheme()
    invalidate()
    return () => {
      for (const stop of stops) stop()
    }
  }, [invalidate])

  useFrame(({ gl, camera, size }, seconds) => {
    if (settlePositions(seconds)) invalidate()
    sendPlaces()
    if (!group.current) return
    readEye(gl, camera, size.height, group.current)
    sight.look(gl.xr.isPresenting ? gl.xr.getCamera() : camera, group.current.matrixWorld, size, gl.xr.isPresenting)
  })

  return <group ref={group} />
}
