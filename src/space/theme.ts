import { type Theme, themes } from '../comfort.ts'
import { preferencesStore } from '../state/preferences.ts'

const asks = (query: string): boolean => typeof matchMedia === 'function' && matchMedia(query).matches

/** The theme in force: the person's choice, or their system's. */
export function themeName(): Theme {
  const { theme } = preferencesStore.getState()
  if (theme !== 'system') return theme
  return asks('(prefers-color-scheme: light)') ? 'paper' : 'night'
}

export const themeColours = () => themes[themeName()]

/** Whether movement is to be cut. */
export function reducedMotion(): boolean {
  const { reducedMotion: wish } = preferencesStore.getState()
  return wish === 'system' ? asks('(prefers-reduced-motion: reduce)') : wish === 'always'
}

/** Call back when theme or motion may have changed. Returns the way to stop. */
export function onThemeChange(changed: () => void): () => void {
  const stop = preferencesStore.subscribe(changed)
  if (typeof matchMedia !== 'function') return stop
  const queries = [matchMedia('(prefers-color-scheme: light)'), matchMedia('(prefers-reduced-motion: reduce)')]
  for (const query of queries) query.addEventListener('change', changed)
  return () => {
    stop()
    for (const query of queries) query.removeEventListener('change', changed)
  }
}
