import { useEffect } from 'react'
import { viewStore } from '../state/view.ts'
import { commands } from './commands.ts'
import { holdKeyDown, holdKeyUp } from './holdKeys.ts'
import { closeLayer, layersStore } from './layers.ts'

const writes = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || target.matches('input, textarea, select'))

/** Where arrows and Enter already mean something: sliders, lists, menus, tabs. */
const works = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  target.closest('[role="slider"], [role="listbox"], [role="menu"], [role="tablist"]') !== null

/** The keys of an event as commands write them: “Mod+Shift+Z”, “?”. */
export function keysOf({ key, ctrlKey, metaKey, shiftKey }: KeyboardEvent): string {
  const letter = key.length === 1 ? key.toUpperCase() : key
  const mod = ctrlKey || metaKey
  return `${mod ? 'Mod+' : ''}${mod && shiftKey ? 'Shift+' : ''}${letter}`
}

/** Keys that hold everywhere. While a person writes, only those with Ctrl or ⌘ that do not belong to writing. */
export function useShortcuts(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.altKey) return
      const keys = keysOf(event)
      const writing = writes(event.target)
      const { open } = layersStore.getState()
      if (!writing && open === null && !works(event.target) && holdKeyDown(event)) {
        event.preventDefault()
        return
      }
      if (writing && (!keys.startsWith('Mod+') || /^Mod\+(Shift\+)?Z$|^Mod\+Y$/.test(keys))) return
      if (keys === 'Escape' && open === null) {
        viewStore.setState(({ brush, search, selection }) =>
          brush || search ? { brush: null, search: null } : { selection: selection.length > 0 ? [] : selection },
        )
        return
      }
      const wanted = keys === 'Mod+Y' ? 'Mod+Shift+Z' : keys
      const command = commands.find((candidate) => candidate.keys === wanted)
      if (!command || command.possible?.() === false) return
      if (open && open !== command.id) closeLayer()
      event.preventDefault()
      command.run()
    }
    window.addEventListener('keydown', onKeyDown)
    window.addEventListener('keyup', holdKeyUp)
    return () => {
      window.removeEventListener('keydown', onKeyDown)
      window.removeEventListener('keyup', holdKeyUp)
    }
  }, [])
}
