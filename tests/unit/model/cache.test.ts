import 'fake-indexeddb/auto'
import { openDB } from 'idb'
import { afterEach, expect, test } from 'vitest'
import { forgetVectors, storedVectors, VECTOR_DATABASE } from '../../../src/model/cache.ts'
import { deleteAllProjects } from '../../../src/state/projects.ts'

const vector = (value: number) => new Float32Array(384).fill(value)
const databases = async () => (await indexedDB.databases()).map(({ name }) => name)
const count = async () => {
  const db = await openDB(VECTOR_DATABASE)
  const held = await db.count('vectors')
  db.close()
  return held
}

afterEach(forgetVectors)

test('vectors are remembered by model and text', async () => {
  const cache = storedVectors()
  await cache.put('a model', ['one', 'two'], [vector(1), vector(2)])
  expect(await cache.get('a model', ['two', 'three', 'one'])).toEqual([vector(2), undefined, vector(1)])
  expect(await cache.get('other', ['one'])).toEqual([undefined])
})

test('there are never more than the most, also of those that stood there before', async () => {
  await storedVectors({ most: 10 }).put('m', ['a', 'b', 'c', 'd'], [1, 2, 3, 4].map(vector))
  const cache = storedVectors({ most: 5 })
  await cache.put('m', ['e'], [vector(5)])
  expect(await count()).toBe(5)
  await cache.put('m', ['f', 'g'], [vector(6), vector(7)])
  expect(await count()).toBe(2)
  expect(await cache.get('m', ['a', 'g'])).toEqual([undefined, vector(7)])
  const many = Array.from({ length: 12 }, (_, i) => `text ${i}`)
  await cache.put(
    'm',
    many,
    many.map((_, i) => vector(i)),
  )
  expect(await count()).toBe(5)
})

test('deleting everything forgets them, also while they are in use, and they are remembered anew after', async () => {
  const cache = storedVectors()
  await cache.put('m', ['one'], [vector(1)])
  await deleteAllProjects()
  expect(await databases()).not.toContain(VECTOR_DATABASE)
  expect(await cache.get('m', ['one'])).toEqual([undefined])
  await cache.put('m', ['two'], [vector(2)])
  expect(await cache.get('m', ['two'])).toEqual([vector(2)])
})
