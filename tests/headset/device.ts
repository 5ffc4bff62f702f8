/**
 * An emulated headset, put into the page before anything of the app runs, and a person's hands on it. The app knows
 * nothing of it: everything here goes through the device's poses, buttons and sticks.
 */
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Page } from 'playwright-core'

export type Side = 'left' | 'right'
export type Place = [x: number, y: number, z: number]

const iwer = join(dirname(createRequire(import.meta.url).resolve('iwer/package.json')), 'build/iwer.min.js')

/** What `addInitScript` runs: a Quest 3 seen in stereo, at eye height 1.6 m, and a record of what its motors did. */
export const deviceScript = (): string => `${readFileSync(iwer, 'utf8')};
(() => {
  const device = new IWER.XRDevice(IWER.metaQuest3, { stereoEnabled: true });
  device.installRuntime({ forceInstall: true });
  device.position.set(0, 1.6, 0);
  device.controllers.left.position.set(-0.25, 1.1, -0.3);
  device.controllers.right.position.set(0.25, 1.1, -0.3);
  // The emulator shows the app's canvas in the middle of the window; here it fills it, as it would fill the eyes.
  const style = document.createElement('style');
  style.textContent = '[data-webxr_runtime] canvas { width: 100% !important; height: 100% !important }';
  addEventListener('DOMContentLoaded', () => document.head.append(style));
  const pulses = [];
  for (const side of ['left', 'right'])
    for (const motor of device.controllers[side].inputSource.gamepad.hapticActuators)
      motor.pulse = (strength, milliseconds) => { pulses.push({ side, strength, milliseconds, at: performance.now() }); return Promise.resolve(true) };
  const frames = (count) => new Promise((resolve) => {
    const step = () => (count-- > 0 ? device.activeSession.requestAnimationFrame(step) : resolve());
    step();
  });
  const middleOf = async (side, joints) => {
    const session = device.activeSession;
    const floor = await session.requestReferenceSpace('local-floor');
    return new Promise((resolve) => session.requestAnimationFrame((_, frame) => {
      const { hand } = [...session.inputSources].find(({ handedness }) => handedness === side);
      const places = joints.map((joint) => frame.getPose(hand.get(joint), floor).transform.position);
      resolve(['x', 'y', 'z'].map((axis) => places.reduce((sum, place) => sum + place[axis], 0) / places.length));
    }));
  };
  window.emulated = { device, pulses, frames, middleOf };
})();`

interface Emulated {
  device: {
    position: { set(x: number, y: number, z: number): void; x: number; y: number; z: number }
    quaternion: { set(x: number, y: number, z: number, w: number): void }
    primaryInputMode: 'controller' | 'hand'
    activeSession?: { end(): Promise<void>; requestAnimationFrame(drawn: () => void): number }
    stereoEnabled: boolean
    fovy: number
    controllers: Record<
      Side,
      Tracked & {
        updateButtonValue(id: string, value: number): void
        updateAxes(id: string, x: number, y: number): void
      }
    >
    hands: Record<Side, Tracked & { updatePinchValue(value: number): void }>
  }
  pulses: { side: Side; strength: number; milliseconds: number; at: number }[]
  frames(count: number): Promise<void>
  /** The middle of some joints of a bare hand, metres: a person sees their fingers, and so must a test. */
  middleOf(side: Side, joints: string[]): Promise<Place>
}

interface Tracked {
  connected: boolean
  position: { set(x: number, y: number, z: number): void; x: number; y: number; z: number }
  quaternion: { set(x: number, y: number, z: number, w: number): void }
}

declare global {
  interface Window {
    emulated: Emulated
  }
}

/** Wait until the headset has drawn `count` more frames: a value set on the device lands on the next one. */
export async function frames(page: Page, count = 4): Promise<void> {
  await page.evaluate((count) => window.emulated.frames(count), count)
}

/** Quaternion that turns −z towards `to`, kept upright. */
function facing(from: Place, to: Place): [number, number, number, number] {
  const [x, y, z] = [to[0] - from[0], to[1] - from[1], to[2] - from[2]]
  const yaw = Math.atan2(-x, -z)
  const pitch = Math.atan2(y, Math.hypot(x, z))
  const [cy, sy, cp, sp] = [Math.cos(yaw / 2), Math.sin(yaw / 2), Math.cos(pitch / 2), Math.sin(pitch / 2)]
  return [cy * sp, sy * cp, -sy * sp, cy * cp]
}

/** Put the head at a place, looking at another. */
export async function lookFrom(page: Page, at: Place, to: Place): Promise<void> {
  await page.evaluate(
    ({ at, turn }) => {
      window.emulated.device.position.set(...at)
      window.emulated.device.quaternion.set(...turn)
    },
    { at, turn: facing(at, to) },
  )
  await frames(page)
}

/** Take up controllers, or put them down for bare hands. */
export async function take(page: Page, what: 'controller' | 'hand'): Promise<void> {
  await page.evaluate((what) => void Object.assign(window.emulated.device, { primaryInputMode: what }), what)
  await frames(page, 6)
}

/** Put a hand (or the controller in it) at a place, pointing at another. */
export async function reach(page: Page, side: Side, at: Place, to: Place): Promise<void> {
  await page.evaluate(
    ({ side, at, turn }) => {
      const { device } = window.emulated
      const tracked = device.primaryInputMode === 'hand' ? device.hands[side] : device.controllers[side]
      tracked.position.set(...at)
      tracked.quaternion.set(...turn)
    },
    { side, at, turn: facing(at, to) },
  )
  await frames(page)
}

/** Carry a hand by a difference, in small steps, as arms do. */
export async function carry(page: Page, side: Side, by: Place, steps = 10): Promise<void> {
  for (let step = 0; step < steps; step++) {
    await page.evaluate(
      ({ side, by, steps }) => {
        const { device } = window.emulated
        const { position } = device.primaryInputMode === 'hand' ? device.hands[side] : device.controllers[side]
        position.set(position.x + by[0] / steps, position.y + by[1] / steps, position.z + by[2] / steps)
      },
      { side, by, steps },
    )
    await frames(page, 2)
  }
}

/** Let what a hand holds (or the hand itself) go out of sight of the headset, or come back. */
export async function connect(page: Page, side: Side, connected: boolean): Promise<void> {
  await page.evaluate(
    ({ side, connected }) => {
      const { device } = window.emulated
      const tracked = device.primaryInputMode === 'hand' ? device.hands[side] : device.controllers[side]
      tracked.connected = connected
    },
    { side, connected },
  )
  await frames(page, 8)
}

/** The joints between which a bare hand pinches, and the one it touches with. */
export const pinching = ['thumb-tip', 'index-finger-tip']
export const fingertip = ['index-finger-tip']

/** The tracked pose of a bare hand is its wrist: bring the middle of some of its joints onto a place, pointing ahead. */
export async function jointsOnto(page: Page, side: Side, joints: string[], [x, y, z]: Place): Promise<void> {
  await reach(page, side, [x, y, z], [x, y, z - 1])
  const [jx, jy, jz] = await page.evaluate(({ side, joints }) => window.emulated.middleOf(side, joints), {
    side,
    joints,
  })
  const at: Place = [2 * x - jx, 2 * y - jy, 2 * z - jz]
  await reach(page, side, at, [at[0], at[1], at[2] - 1])
  await frames(page, 10)
}

/** Take the headset off. */
export async function leave(page: Page): Promise<void> {
  await page.evaluate(() => window.emulated.device.activeSession?.end())
  await page.waitForFunction(() => window.emulated.device.activeSession === undefined)
}

export type Button = 'trigger' | 'squeeze' | 'a-button' | 'b-button' | 'x-button' | 'y-button' | 'thumbstick'

export async function hold(page: Page, side: Side, button: Button, value = 1): Promise<void> {
  await page.evaluate(
    ({ side, button, value }) => window.emulated.device.controllers[side].updateButtonValue(button, value),
    { side, button, value },
  )
  await frames(page)
}

export const release = (page: Page, side: Side, button: Button): Promise<void> => hold(page, side, button, 0)

export async function press(page: Page, side: Side, button: Button): Promise<void> {
  await hold(page, side, button)
  await release(page, side, button)
}

/** Push a stick: right and forward are positive here. */
export async function stick(page: Page, side: Side, right: number, forward: number): Promise<void> {
  await page.evaluate(
    ({ side, right, forward }) => window.emulated.device.controllers[side].updateAxes('thumbstick', right, -forward),
    { side, right, forward },
  )
  await frames(page)
}

/** Close (1) or open (0) thumb and index finger, a little at a time, as fingers do. */
export async function pinch(page: Page, side: Side, value: number): Promise<void> {
  const from = 1 - value
  for (const share of [0.25, 0.5, 0.75, 1]) {
    await page.evaluate(({ side, value }) => window.emulated.device.hands[side].updatePinchValue(value), {
      side,
      value: from + (value - from) * share,
    })
    await frames(page, 1)
  }
  await frames(page)
}

export const pulses = (page: Page): Promise<Emulated['pulses']> => page.evaluate(() => [...window.emulated.pulses])
