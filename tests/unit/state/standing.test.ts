import { beforeEach, expect, test } from 'vitest'
import { currentScene } from '../../../src/space/scene.ts'
import { replaceProject } from '../../../src/state/history.ts'
import { nodes } from '../../../src/state/nodes.ts'
import { projectStore } from '../../../src/state/project.ts'
import { carried, standing } from '../../../src/state/standing.ts'
import { aBranch, aProject } from './projects.ts'
import { mapOf } from './workers.ts'

const whole = aProject()
const orphan = aBranch('orphan', 'a passage cut away', 'Gone.')
const child = aBranch('child', 'orphan', 'Gone too.')
const last = aBranch('last', 'b2', 'Still here.')

beforeEach(() => replaceProject({ ...whole, branches: [orphan, ...whole.branches, child, last] }))

test('branches of passages that are cut away are no nodes, and are not drawn', () => {
  const seen = [...whole.vectors.ids, 'b1', 'b2', 'last']
  expect(nodes().map(({ id }) => id)).toEqual(seen)
  const scene = currentScene()
  expect(scene.ids).toEqual(seen)
  expect(scene.project.branches.map(({ id }) => id)).toEqual(['b1', 'b2', 'last'])
  expect(nodes().every(({ id, row }) => scene.rowOf.get(id) === row)).toBe(true)
  expect([...scene.parents]).toEqual([1, whole.vectors.ids.length, whole.vectors.ids.length + 1])
  expect(currentScene()).toBe(scene)
})

test('where every passage is there, nothing is made anew', () => {
  expect(standing(whole)).toBe(whole.branches)
  replaceProject(whole)
  expect(currentScene().project).toBe(projectStore.getState().project)
})

test('branches are carried as far as their passage goes, through any branches between', () => {
  const count = whole.vectors.ids.length
  const from = { vectors: whole.vectors, map: mapOf(count) }
  const to = { vectors: whole.vectors, map: mapOf(count, 5) }
  const branches = carried([...whole.branches, orphan], from, to, new Set(['b2']))
  const by = branches.map(({ landedAt, askedAt }, i) => {
    const was = [...whole.branches, orphan][i]
    return [...landedAt.map((at, k) => at - was.landedAt[k]), ...askedAt.map((at, k) => at - was.askedAt[k])]
  })
  for (const [i, moved] of [5, 0, 0].entries()) for (const value of by[i]) expect(value).toBeCloseTo(moved, 6)
  expect(carried(whole.branches, { ...from, map: null }, to)).toBe(whole.branches)
})
