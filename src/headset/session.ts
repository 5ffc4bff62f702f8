import { createStore } from 'zustand/vanilla'
import { notify } from '../state/notices.ts'

/**
 * Whether this browser has a headset to offer, and whether the person is in it now. Light on purpose: the library for
 * headsets is fetched only where there is one.
 */
export const vrOffered = createStore<{ offered: boolean; inside: boolean }>(() => ({ offered: false, inside: false }))

async function look(): Promise<void> {
  const offered = (await navigator.xr?.isSessionSupported('immersive-vr').catch(() => false)) ?? false
  vrOffered.setState({ offered })
}

void look()
// A headset may be plugged in later.
navigator.xr?.addEventListener?.('devicechange', () => void look())

/** What went wrong, in words for the person, by the name of the browser's error. */
const troubles: Record<string, string> = {
  NotSupportedError: 'This headset cannot show Noema: it lacks something the browser needs.',
  SecurityError:
    'The browser allows headsets only on a secure page: open Noema over https or from this computer itself.',
  InvalidStateError: 'The headset is already showing something. Close that first, then enter again.',
  NotAllowedError: 'The headset was not allowed. Enter again, and say yes when the browser asks.',
}

/** Step into the headset. Must be called from a click or a key. Tells the person when it fails; never throws. */
export async function enterVR(): Promise<boolean> {
  try {
    const { xrStore } = await import('./store.ts')
    const session = await xrStore.enterVR()
    return session !== undefined
  } catch (error) {
    const name = error instanceof Error ? error.name : ''
    notify(troubles[name] ?? 'The headset did not answer. Is it switched on and connected?', 'trouble')
    return false
  }
}

/** Step out again; the space stands as it was left. */
export async function leaveVR(): Promise<void> {
  const { xrStore } = await import('./store.ts')
  await xrStore.getState().session?.end()
}
