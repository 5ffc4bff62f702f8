import { beforeEach, describe, expect, it, vi } from 'vitest'
import { paletteSheet, paletteStore } from '../../../src/headset/paletteSheet.ts'
import { pointOut } from '../../../src/headset/selecting.ts'
import type { Button } from '../../../src/headset/sheet.ts'
import { change, historyStore, replaceProject } from '../../../src/state/history.ts'
import { noticesStore } from '../../../src/state/notices.ts'
import { preferencesStore } from '../../../src/state/preferences.ts'
import { emptyProject, projectStore } from '../../../src/state/project.ts'
import { firstView, viewStore } from '../../../src/state/view.ts'

vi.mock('../../../src/headset/session.ts', () => ({ leaveVR: () => undefined }))

const buttons = (): Button[] => paletteSheet().lines.flatMap((line) => (line.kind === 'buttons' ? line.buttons : []))
const button = (label: string | RegExp): Button => buttons().find((each) => each.label.match(label))!
const points = (): string[] => buttons().flatMap(({ label }) => (/^(\d( · \d)?|all)$/.test(label) ? [label] : []))
const said = (): string | undefined => noticesStore.getState().notices.at(-1)?.text

beforeEach(() => {
  replaceProject(emptyProject())
  viewStore.setState({ ...firstView, selection: [] })
})

describe('the palette', () => {
  it('adds to the selection, so that two can be blended by any amount, and points found between three or four', () => {
    paletteStore.setState({ leaf: 'Moves' })
    expect(button('Add to selection').idle).toBe(true)
    pointOut('a')
    expect(button('½').idle).toBe(true)
    button('Add to selection').press()
    expect(button('Add to selection').on).toBe(true)
    pointOut('b')
    expect(button('½').idle).toBe(false)
    expect(button('‹ Away').idle).toBe(false)
    pointOut('c')
    expect(button('½')).toBe(undefined)
    expect(button('all').idle).toBe(false)
    expect(points()).toEqual(['1', '1 · 2', '1 · 3', '2 · 1', 'all', '3 · 1', '2', '2 · 3', '3 · 2', '3'])
    expect(buttons().filter(({ label, idle }) => /^[123]$/.test(label) && !idle)).toEqual([])
    pointOut('d')
    // Around the sheet, as in the space: the third stands across from the first.
    expect(points()).toEqual(['1', '1 · 2', '2', '1 · 4', 'all', '2 · 3', '4', '3 · 4', '3'])
    button('Select nothing').press()
    expect(viewStore.getState().selection).toEqual([])
    expect(button('Add to selection').on).toBe(false)
  })

  it('goes through what is comfortable, and each button says how it is', () => {
    paletteStore.setState({ leaf: 'Room' })
    const round = (label: RegExp, times: number): string[] =>
      Array.from({ length: times }, () => {
        button(label).press()
        return button(label).label
      })
    const before = { ...preferencesStore.getState() }
    expect(round(/^Stick/, 3)).toEqual(['Stick turns 30°', 'Stick turns smoothly', 'Stick turns 45°'])
    expect(round(/^Main hand/, 2)).toEqual(['Main hand: left', 'Main hand: right'])
    expect(round(/^Sounds/, 2)).toEqual(['Sounds: off', 'Sounds: on'])
    expect(round(/^Reduce motion/, 3).map((label) => label.split(': ')[1])).toEqual(['on', 'off', 'as the system'])
    expect(preferencesStore.getState()).toEqual(before)
    button(/^Stick/).press()
    expect(preferencesStore.getState().turn).toBe('snap30')
    preferencesStore.setState(before)
  })

  it('says what was undone, and what was done again', () => {
    change('Rename it', (project) => ({ ...project, name: 'Another' }))
    button('Undo').press()
    expect(said()).toBe('Undone: Rename it')
    expect(historyStore.getState().past).toEqual([])
    button('Redo').press()
    expect(said()).toBe('Done again: Rename it')
    expect(projectStore.getState().project.name).toBe('Another')
  })
})
