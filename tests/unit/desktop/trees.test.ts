import { describe, expect, it } from 'vitest'
import { branchesByPassage, treeUnder } from '../../../src/desktop/inspector/twigs.ts'
import { blocksOf, estimatedHeight } from '../../../src/desktop/reading/blocks.ts'
import type { Branch, Document, Passage } from '../../../src/meaning/types.ts'
import { groupsOf } from '../../../src/wall/groups.ts'

const branch = (id: string, parent: string) => ({ id, parent }) as Branch

describe('the tree of branches', () => {
  const branches = [branch('a', 'p'), branch('b', 'q'), branch('c', 'a'), branch('d', 'p'), branch('e', 'c')]

  it('finds the passage under any depth', () => {
    const byPassage = branchesByPassage(branches)
    expect(byPassage.get('p')!.map(({ id }) => id)).toEqual(['a', 'c', 'd', 'e'])
    expect(byPassage.get('q')!.map(({ id }) => id)).toEqual(['b'])
  })

  it('lists each branch before those that grew from it', () => {
    expect(treeUnder('p', branches).map(({ branch: { id }, depth }) => `${depth}${id}`)).toEqual([
      '1a',
      '2c',
      '3e',
      '1d',
    ])
  })
})

/** A document from paragraphs of sentences; a paragraph that begins with # is a heading of that level. */
function document(id: string, paragraphs: string[][]): Document {
  let text = ''
  const passages: Passage[] = []
  const sections: Document['sections'] = []
  paragraphs.forEach((sentences, paragraph) => {
    for (const sentence of sentences) {
      const level = /^#+/.exec(sentence)?.[0].length ?? 0
      const plain = sentence.slice(level)
      const span = { start: text.length, end: text.length + plain.length }
      if (level) sections.push({ title: plain, level, span })
      const kind = level ? 'heading' : 'prose'
      passages.push({ id: `${id}${passages.length}`, span, text: plain, kind, section: sections.length - 1, paragraph })
      text += `${plain} `
    }
  })
  return { id, title: id, text, passages, sections } as Document
}

describe('blocks of the reading column', () => {
  it('keeps sentences of a paragraph together, with the space between them', () => {
    const [block] = blocksOf([document('d', [['#Title'], ['One.', 'Two.'], ['Three.']])])
    expect(block!.paragraphs.map(({ passages }) => passages.map(({ text }) => text))).toEqual([
      ['Title'],
      ['One.', 'Two.'],
      ['Three.'],
    ])
    expect(block!.paragraphs[0]!.level).toBe(1)
    expect(block!.paragraphs[1]!.gaps).toEqual(['', ' '])
    expect(block!.title).toBeNull()
  })

  it('cuts a long text into blocks that hold every passage once, and titles several documents', () => {
    const long = Array.from({ length: 400 }, (_, index) => [`Sentence ${index}.`, 'And another.'])
    const blocks = blocksOf([document('a', long), document('b', [['Last.']])])
    const ids = blocks.flatMap(({ paragraphs }) => paragraphs.flatMap(({ passages }) => passages.map(({ id }) => id)))
    expect(ids.length).toBe(801)
    expect(new Set(ids).size).toBe(801)
    expect(blocks.filter(({ title }) => title).map(({ title }) => title)).toEqual(['a', 'b'])
    for (const block of blocks) expect(estimatedHeight(block)).toBeGreaterThan(0)
  })

  it('sets a paragraph without end in pieces, every sentence once and in order', () => {
    const sentences = Array.from({ length: 1000 }, (_, index) => `Sentence ${index}.`)
    const blocks = blocksOf([document('a', [sentences])])
    const texts = blocks.flatMap(({ paragraphs }) => paragraphs.flatMap(({ passages }) => passages))
    expect(texts.map(({ text }) => text)).toEqual(sentences)
    for (const { paragraphs } of blocks)
      for (const { passages, gaps } of paragraphs) {
        expect(passages.length).toBeLessThan(100)
        expect(gaps).toHaveLength(passages.length)
      }
  })
})

describe('groups', () => {
  it('takes the shallowest level that divides a single document', () => {
    const one = document('d', [['Before.'], ['#Book'], ['##First'], ['A.'], ['###Deep'], ['B.'], ['##Second'], ['C.']])
    const groups = groupsOf({ documents: [one] })
    expect(groups.kind).toBe('section')
    expect(groups.names).toEqual(['First', 'Second'])
    expect(one.passages.map(({ id }) => groups.of.get(id))).toEqual([-1, -1, 0, 0, 0, 0, 1, 1])
  })

  it('takes the documents where there are several', () => {
    const groups = groupsOf({ documents: [document('a', [['One.']]), document('b', [['#H'], ['Two.']])] })
    expect(groups).toMatchObject({ kind: 'document', names: ['a', 'b'] })
    expect(groups.of.get('b1')).toBe(1)
  })
})
