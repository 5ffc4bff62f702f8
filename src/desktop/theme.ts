import { useEffect } from 'react'
import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { type Theme, themes } from '../comfort.ts'
import { preferencesStore } from '../state/preferences.ts'

const light = window.matchMedia('(prefers-color-scheme: light)')
const still = window.matchMedia('(prefers-reduced-motion: reduce)')

function resolve(): { theme: Theme; still: boolean } {
  const { theme, reducedMotion } = preferencesStore.getState()
  return {
    theme: theme === 'system' ? (light.matches ? 'paper' : 'night') : theme,
    still: reducedMotion === 'system' ? still.matches : reducedMotion === 'always',
  }
}

/** Theme and motion as they hold now: the person's wish, or else the system's. */
export const appearanceStore = createStore(resolve)

const refresh = () => appearanceStore.setState(resolve())
preferencesStore.subscribe(refresh)
light.addEventListener('change', refresh)
still.addEventListener('change', refresh)

export const useTheme = (): Theme => useStore(appearanceStore, (state) => state.theme)

/** Put the appearance on the page: attributes for the style sheet, the colour of the browser's own frame. */
export function useAppearance(): void {
  const appearance = useStore(appearanceStore)
  useEffect(() => {
    const { dataset } = document.documentElement
    dataset.theme = appearance.theme
    dataset.motion = appearance.still ? 'still' : 'free'
    let meta = document.querySelector<HTMLMetaElement>('meta[name="theme-color"]')
    if (!meta) {
      meta = document.createElement('meta')
      meta.name = 'theme-color'
      document.head.append(meta)
    }
    meta.content = themes[appearance.theme].ground
  }, [appearance])
}

export function toggleTheme(): void {
  preferencesStore.setState({ theme: appearanceStore.getState().theme === 'night' ? 'paper' : 'night' })
}
