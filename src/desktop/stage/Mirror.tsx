import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { useStore } from 'zustand'
import { activation } from '../../meaning/features.ts'
import { nodeById, nodes } from '../../state/actions.ts'
import { featureById } from '../../state/features.ts'
import { pullStore } from '../../state/pull.ts'
import { viewStore } from '../../state/view.ts'
import { choose } from '../choosing.ts'
import { showInspector } from '../looking.ts'
import { dropPull, landPull, pullBy } from '../pulling.ts'
import { useFeatures, useProject, useView } from '../use.ts'
import { counted, fineSigmas, leaning, shortened, sigmas } from '../words.ts'
import { type ListPlace, ledTo, placeOf } from './listPlace.ts'

/** Rows shown on either side of the active one. */
const AROUND = 2

/** Keys pull by a quarter of a σ (design, "Gestures"). */
const STEP = 0.25

/**
 * The space as a list: every node, in reading order, under one tab stop. Out of sight until it has the focus; then it
 * stands in the corner of the picture. Everything the hand can do with a passage is done from here by key.
 */
export function Mirror() {
  useProject((project) => project)
  const features = useFeatures()
  const selection = useView((view) => view.selection)
  const held = useView((view) => view.heldFeature)
  const pull = useStore(pullStore, (state) => state.pull)
  const [place, setPlace] = useState<ListPlace>(() => selection.slice(0, 1).flatMap(placeOf))
  const [followed, setFollowed] = useState(selection)
  const [feature, setFeature] = useState<string>('')
  const [pulled, setPulled] = useState({ node: '', sigma: 0 })
  const base = useId()

  // Whatever is selected elsewhere, by hand, search or undo, the list goes along.
  if (selection !== followed) {
    setFollowed(selection)
    const next = ledTo(followed, selection)
    if (next) setPlace(placeOf(next))
  }

  const list = nodes()
  const wanted = place.find((id) => nodeById(id))
  const active = Math.max(
    0,
    list.findIndex(({ id }) => id === wanted),
  )
  const node = list[active]
  const sigma = pulled.node === node?.id ? pulled.sigma : 0
  const setSigma = (next: number) => setPulled({ node: node?.id ?? '', sigma: next })
  const pulledFeature = featureById(feature || held || '')

  const walk = (row: number) => {
    const next = list[Math.max(0, Math.min(list.length - 1, row))]
    if (!next) return
    dropPull()
    setSigma(0)
    setPlace(placeOf(next.id))
    viewStore.setState({ hovered: next.id })
  }

  const pullFurther = (step: number) => {
    if (!node || !pulledFeature) return
    const next = sigma + step
    if (pullBy(node.id, pulledFeature.id, next)) setSigma(next)
  }

  /** Select from here: the list stays where it is, also on what was let go. */
  const take = (id: string, how?: { add: boolean }) => {
    choose(id, how)
    setPlace(placeOf(id))
    setFollowed(viewStore.getState().selection)
  }

  const read = () => {
    if (!node) return
    take(node.id)
    showInspector()
  }

  // What has landed is selected, and the list follows.
  const land = () => {
    setSigma(0)
    void landPull()
  }

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const page = 10
    const keys = new Map<string, () => void>([
      ['ArrowDown', () => walk(active + 1)],
      ['ArrowUp', () => walk(active - 1)],
      ['PageDown', () => walk(active + page)],
      ['PageUp', () => walk(active - page)],
      ['Home', () => walk(0)],
      ['End', () => walk(list.length - 1)],
      ['ArrowRight', () => pullFurther(STEP)],
      ['ArrowLeft', () => pullFurther(-STEP)],
      ['Enter', () => (sigma === 0 ? read() : land())],
      [' ', () => node && take(node.id, { add: event.shiftKey })],
      [
        'Escape',
        () => {
          dropPull()
          setSigma(0)
        },
      ],
    ])
    const run = keys.get(event.key)
    if (!run) return
    event.preventDefault()
    event.stopPropagation()
    run()
  }

  // A pull belongs to the passage it was begun on; where the list goes on to another, it is put back.
  useEffect(() => {
    if (pulled.sigma === 0 || pulled.node === node?.id) return
    dropPull()
    setPulled({ node: '', sigma: 0 })
  }, [pulled, node?.id])

  const first = Math.max(0, Math.min(active - AROUND, list.length - 2 * AROUND - 1))
  const shown = list.slice(first, first + 2 * AROUND + 1)
  const says =
    sigma !== 0 && pulledFeature
      ? `${fineSigmas(sigma)} ${pulledFeature.poles[sigma < 0 ? 0 : 1]}. ${pull?.preview ? shortened(pull.preview.text, 160) : ''}`
      : node && pulledFeature
        ? `Now ${leaning(pulledFeature, activation(node.vector, pulledFeature))}, ${sigmas(activation(node.vector, pulledFeature))}.`
        : ''

  return (
    <section
      className="mirror unseen"
      aria-label="The space as a list"
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return
        dropPull()
        setSigma(0)
        viewStore.setState({ hovered: null })
      }}
    >
      <div
        role="listbox"
        aria-label={`${counted(list.length, 'passage and branch', 'passages and branches')}, in reading order`}
        aria-multiselectable="true"
        aria-activedescendant={node ? `${base}${active}` : undefined}
        aria-describedby={`${base}keys`}
        tabIndex={0}
        onKeyDown={onKeyDown}
      >
        {shown.map(({ id, text, kind, row }, index) => (
          <div
            key={id}
            id={`${base}${first + index}`}
            role="option"
            tabIndex={-1}
            aria-selected={selection.includes(id)}
            aria-setsize={list.length}
            aria-posinset={first + index + 1}
            data-active={first + index === active ? '' : undefined}
            onClick={(event) => take(id, { add: event.shiftKey })}
            onKeyDown={onKeyDown}
          >
            <span className="soft figure">{kind === 'branch' ? 'branch' : row + 1}</span>
            <span>{text}</span>
          </div>
        ))}
      </div>
      <label className="mirror-feature">
        <span className="soft">Pull along</span>
        <select
          className="choose"
          value={pulledFeature?.id ?? ''}
          onChange={({ target }) => {
            dropPull()
            setSigma(0)
            setFeature(target.value)
          }}
        >
          <option value="">no feature yet</option>
          {features.map((entry) => (
            <option key={entry.id} value={entry.id}>
              {`${entry.name}: ${entry.poles[0]} – ${entry.poles[1]}`}
            </option>
          ))}
        </select>
      </label>
      <p className="mirror-says figure" aria-live="polite">
        {says}
      </p>
      <p className="mirror-keys" id={`${base}keys`}>
        ↑ ↓ walk · Enter reads, or lets a pull land · ← → pull by ¼ σ along the chosen feature · Space selects, with
        Shift one more or one less · Esc puts back
      </p>
    </section>
  )
}
