/**
 * One window writes a project at a time; a second window that opens it gets a copy. Held by a Web Lock, which the
 * browser lets go when the window closes or crashes.
 */

let held: { id: string; release: () => void } | null = null

/** Hold this project, letting go of the one held before. False when another window holds it. */
export async function claim(id: string): Promise<boolean> {
  if (held?.id === id) return true
  if (!globalThis.navigator?.locks) return true
  const release = await new Promise<(() => void) | null>((answer) => {
    navigator.locks
      .request(`noema-project-${id}`, { ifAvailable: true }, (lock) => {
        if (!lock) return answer(null)
        return new Promise<void>((letGo) => answer(letGo))
      })
      .catch(() => answer(() => undefined))
  })
  if (!release) return false
  held?.release()
  held = { id, release }
  return true
}
