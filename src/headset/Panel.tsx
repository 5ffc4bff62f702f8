import { useEffect, useMemo } from 'react'
import { CanvasTexture, Mesh, MeshBasicMaterial, PlaneGeometry, SRGBColorSpace } from 'three'
import { onThemeChange } from '../space/theme.ts'
import { tick } from './haptics.ts'
import { drawnAfterSpace } from './order.ts'
import { type HandEvent, point, sideOf } from './pointed.ts'
import { type Button, buttonAt, draw, type LaidSheet, layOut, type Sheet, wordsOf } from './sheet.ts'
import { speak } from './spoken.ts'

export type Anchor = 'middle' | 'top' | 'bottom'

/** A sheet as a thing in the room: one opaque quad, drawn anew only when its words or its lit button change. */
class PanelMesh extends Mesh<PlaneGeometry, MeshBasicMaterial> {
  private readonly canvas = document.createElement('canvas')
  private laid: LaidSheet | null = null
  private lit: Button | null = null
  private readonly pressed = new Map<number, string>()

  constructor() {
    super(new PlaneGeometry(1, 1), new MeshBasicMaterial({ toneMapped: false, transparent: true, depthTest: false }))
    // A grip takes nodes; panels answer to rays and fingertips.
    this.pointerEventsType = { deny: 'grab' }
    // Words are never hidden by a disc that happens to hang before them: panels are drawn over the space, in the pass
    // of what is see-through, and leave their depth there, so that hands and rays (drawn later) still pass before them.
    this.renderOrder = drawnAfterSpace.panels
    this.addEventListeners()
  }

  /** @param anchor the part of the sheet that stands at its parent's origin. */
  show(sheet: Sheet, anchor: Anchor): void {
    const lit = this.lit?.label
    this.laid = layOut(sheet)
    this.lit = this.laid.buttons.find(({ button }) => button.label === lit)?.button ?? null
    this.position.y = anchor === 'bottom' ? this.laid.height / 2 : anchor === 'top' ? -this.laid.height / 2 : 0
    this.redraw()
  }

  redraw(): void {
    if (!this.laid) return
    draw(this.canvas, this.laid, this.lit)
    const { map } = this.material
    const same = map && map.userData.width === this.canvas.width && map.userData.height === this.canvas.height
    if (same) map.needsUpdate = true
    else {
      // A texture cannot change its size in place.
      map?.dispose()
      const fresh = new CanvasTexture(this.canvas)
      fresh.colorSpace = SRGBColorSpace
      fresh.anisotropy = 8
      fresh.userData = { width: this.canvas.width, height: this.canvas.height }
      this.material.map = fresh
      this.material.needsUpdate = map === null
    }
    this.scale.set(this.laid.width, this.laid.height, 1)
  }

  dispose(): void {
    if (this.lit) speak('under the hand', null)
    this.material.map?.dispose()
    this.material.dispose()
    this.geometry.dispose()
  }

  private under({ uv }: HandEvent): Button | null {
    if (!uv || !this.laid) return null
    return buttonAt(this.laid, uv.x * this.laid.width, (1 - uv.y) * this.laid.height) ?? null
  }

  private light(button: Button | null, event: HandEvent): void {
    if (button === this.lit) return
    this.lit = button
    const side = sideOf(event)
    if (button && !button.idle && side) tick(side, 'hover')
    speak('under the hand', button ? button.label : null)
    this.redraw()
  }

  private push(button: Button | null, event: HandEvent): void {
    if (!button || button.idle) return
    const side = sideOf(event)
    if (side) tick(side, 'press')
    button.press()
  }

  private addEventListeners(): void {
    const on = (type: string, heard: (event: HandEvent) => void) =>
      (this.addEventListener as (type: string, listener: (event: unknown) => void) => void)(type, (event) => {
        ;(event as HandEvent).stopPropagation()
        heard(event as HandEvent)
      })
    on('pointermove', (event) => {
      const side = sideOf(event)
      if (side) point(side, { what: 'panel' })
      this.light(this.under(event), event)
    })
    on('pointerout', (event) => {
      const side = sideOf(event)
      if (side) point(side, null)
      this.pressed.delete(event.pointerId)
      this.light(null, event)
    })
    on('pointerdown', (event) => {
      const button = this.under(event)
      // A fingertip has pressed when it touches; a ray, when it lets go on what it pressed: that can be taken back.
      if (event.pointerType === 'touch') this.push(button, event)
      else if (button) this.pressed.set(event.pointerId, button.label)
    })
    on('pointerup', (event) => {
      const button = this.under(event)
      if (button && this.pressed.get(event.pointerId) === button.label) this.push(button, event)
      this.pressed.delete(event.pointerId)
    })
  }
}

interface PanelProps {
  name: string
  sheet: Sheet
  anchor?: Anchor
}

/** A panel called `name`, in its parent's coordinates, which are dmm there. */
export function Panel({ name, sheet, anchor = 'middle' }: PanelProps) {
  const mesh = useMemo(() => new PanelMesh(), [])

  useEffect(() => {
    mesh.show(sheet, anchor)
    speak(name, wordsOf(sheet))
  }, [mesh, name, sheet, anchor])

  useEffect(() => {
    const redraw = () => mesh.redraw()
    const stop = onThemeChange(redraw)
    // Text drawn before its typeface has come is drawn again.
    void document.fonts.ready.then(redraw)
    return () => {
      stop()
      mesh.dispose()
      speak(name, null)
    }
  }, [mesh, name])

  return <primitive object={mesh} name={`panel ${name}`} />
}
