import { CameraControls } from '@react-three/drei/core/CameraControls.js'
import { useThree } from '@react-three/fiber'
import type CameraControlsType from 'camera-controls'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { PerspectiveCamera } from 'three'
import { projectStore } from '../state/project.ts'
import { viewStore } from '../state/view.ts'
import { bringIntoView, fitDistance, fitView, flyTo, setControls, setFit } from './camera.ts'
import { cameraKeys } from './cameraKeys.ts'
import { setBring } from './choosing.ts'
import type { Inset } from './freeView.ts'

/** Whether a headset shows the space now: then the camera is the person's head. */
function useInHeadset(): boolean {
  const xr = useThree(({ gl }) => gl.xr)
  const [inside, setInside] = useState(xr.isPresenting)
  useEffect(() => {
    const enter = () => setInside(true)
    const leave = () => setInside(false)
    xr.addEventListener('sessionstart', enter)
    xr.addEventListener('sessionend', leave)
    return () => {
      xr.removeEventListener('sessionstart', enter)
      xr.removeEventListener('sessionend', leave)
    }
  }, [xr])
  return inside
}

/** The camera of the window: orbit, pan and zoom with damping, flights, keys. */
export function Orbit({ inset }: { inset: Inset }) {
  const camera = useThree(({ camera }) => camera as PerspectiveCamera)
  const size = useThree(({ size }) => size)
  const canvas = useThree(({ gl }) => gl.domElement)
  const invalidate = useThree(({ invalidate }) => invalidate)
  const inHeadset = useInHeadset()
  const sized = useRef(false)
  const { left, right, top, bottom } = inset

  // The middle of the free part of the window is where the camera looks.
  useEffect(() => {
    const { width, height } = size
    camera.setViewOffset(width, height, (right - left) / 2, (bottom - top) / 2, width, height)
    setFit((half) => {
      const free = { width: Math.max(120, width - left - right), height: Math.max(120, height - top - bottom) }
      return fitDistance(half, camera.fov, size, free)
    })
    // A project that was there before the window knew its size has not been seen whole yet.
    if (!sized.current) fitView({ cut: true })
    sized.current = true
    invalidate()
  }, [camera, size, left, right, top, bottom, invalidate])

  const attach = useCallback((controls: CameraControlsType | null) => {
    setControls(controls)
    if (!controls) return
    controls.minDistance = 0.12
    controls.maxDistance = 14
    controls.minPolarAngle = 0.06
    controls.maxPolarAngle = Math.PI - 0.06
    controls.azimuthRotateSpeed = 0.7
    controls.polarRotateSpeed = 0.7
    controls.dollySpeed = 0.6
    controls.dollyToCursor = true
    fitView({ cut: true })
  }, [])

  useEffect(() => setBring(bringIntoView), [])

  // Another project: show all of it, as soon as it has places.
  useEffect(() => {
    let fitted = ''
    return projectStore.subscribe(({ project }) => {
      if (project.id === fitted || !project.map) return
      fitted = project.id
      fitView()
    })
  }, [])

  // Map and axes are of different reach: at either end everything is in view again.
  useEffect(
    () =>
      viewStore.subscribe(({ blend }, before) => {
        if (blend !== before.blend && (blend === 0 || blend === 1)) fitView({ turned: false })
      }),
    [],
  )

  useEffect(() => {
    const fly = () => {
      const { hovered } = viewStore.getState()
      if (hovered) flyTo(hovered)
    }
    canvas.addEventListener('dblclick', fly)
    window.addEventListener('keydown', cameraKeys)
    return () => {
      canvas.removeEventListener('dblclick', fly)
      window.removeEventListener('keydown', cameraKeys)
    }
  }, [canvas])

  return inHeadset ? null : <CameraControls ref={attach} makeDefault />
}
