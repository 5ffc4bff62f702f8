import { Command } from 'cmdk'
import { Dialog } from 'radix-ui'
import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { nodes, searchMeaning } from '../../state/actions.ts'
import { openProject } from '../../state/projects.ts'
import { type ProjectEntry, projectsDb } from '../../state/projectsDb.ts'
import { tell } from '../../state/trouble.ts'
import { viewStore } from '../../state/view.ts'
import { choose } from '../choosing.ts'
import { commands, type Command as Deed, keyWords } from '../commands.ts'
import { Digit } from '../Digit.tsx'
import { Icon } from '../icons.tsx'
import { closeLayer, layersStore, showFeature } from '../layers.ts'
import { setAxis, setColour } from '../looking.ts'
import { useFeatures } from '../use.ts'
import { poleWords, shortened } from '../words.ts'

/** Passages listed beside the deeds; more is what the search is for. */
const LISTED = 6

const groups: Deed['group'][] = ['Texts', 'Project', 'Branches', 'View', 'Comfort']

function FeatureDeeds({ id, onDone }: { id: string; onDone: () => void }) {
  const deeds: [string, () => void][] = [
    ['Show along x', () => setAxis('x', id)],
    ['Show along y', () => setAxis('y', id)],
    ['Show along z', () => setAxis('z', id)],
    ['Colour by it', () => setColour(id)],
    ['Hold it: pulls follow it', () => viewStore.setState({ heldFeature: id })],
    ['Evidence and reliability', () => showFeature(id)],
  ]
  return deeds.map(([title, run]) => (
    <Command.Item
      key={title}
      className="menu-item"
      onSelect={() => {
        onDone()
        run()
      }}
    >
      {title}
    </Command.Item>
  ))
}

/** Marks the choice that holds now. */
function Chosen() {
  return (
    <span className="aside">
      <Icon name="check" size={14} />
      <span className="unseen">chosen</span>
    </span>
  )
}

function PaletteBody() {
  const [query, setQuery] = useState('')
  const [page, setPage] = useState<string | null>(null)
  const [kept, setKept] = useState<ProjectEntry[]>([])
  const features = useFeatures()
  const chosen = features.find(({ id }) => id === page)
  useEffect(() => {
    // A browser that keeps nothing has no projects to offer.
    projectsDb.list().then(setKept, () => undefined)
  }, [])
  const doing = (run: () => void) => () => {
    closeLayer()
    run()
  }
  const wanted = query.trim().toLocaleLowerCase()
  const passages =
    wanted.length > 2
      ? nodes()
          .filter(({ text }) => text.toLocaleLowerCase().includes(wanted))
          .slice(0, LISTED)
      : []

  return (
    <Command
      label="Find anything"
      loop
      onKeyDown={(event) => {
        if (page && (event.key === 'Escape' || (event.key === 'Backspace' && query === ''))) {
          event.preventDefault()
          event.stopPropagation()
          setPage(null)
          setQuery('')
        }
      }}
    >
      <Command.Input
        className="palette-input"
        value={query}
        onValueChange={setQuery}
        placeholder={chosen ? `${chosen.name}: ${poleWords(chosen)}` : 'What would you like to do?'}
      />
      <Command.List className="palette-list">
        <Command.Empty className="palette-empty">Nothing of that name.</Command.Empty>
        {chosen ? (
          <Command.Group heading={chosen.name}>
            <FeatureDeeds id={chosen.id} onDone={closeLayer} />
          </Command.Group>
        ) : (
          <>
            {groups.map((group) => (
              <Command.Group key={group} heading={group}>
                {commands
                  .filter((deed) => deed.group === group && deed.id !== 'palette' && deed.possible?.() !== false)
                  .map(({ id, title, keys, on, run }) => (
                    <Command.Item
                      key={id}
                      className="menu-item"
                      value={title}
                      onSelect={doing(run)}
                      data-chosen={on?.() || undefined}
                    >
                      {title}
                      {keys && <kbd>{keyWords(keys)}</kbd>}
                      {on?.() && <Chosen />}
                    </Command.Item>
                  ))}
              </Command.Group>
            ))}
            <Command.Group heading="Features">
              {features.map((feature) => (
                <Command.Item
                  key={feature.id}
                  className="menu-item"
                  value={`${feature.name} ${feature.poles.join(' ')} feature ${feature.id}`}
                  onSelect={() => {
                    setPage(feature.id)
                    setQuery('')
                  }}
                >
                  {feature.name}
                  <Digit feature={feature.id} />
                  <span className="aside">{poleWords(feature)}</span>
                </Command.Item>
              ))}
            </Command.Group>
            {kept.length > 0 && (
              <Command.Group heading="Projects">
                {kept.map(({ id, name }) => (
                  <Command.Item
                    key={id}
                    className="menu-item"
                    value={`${name} project ${id}`}
                    onSelect={doing(() => void openProject(id).catch(tell))}
                  >
                    {name}
                  </Command.Item>
                ))}
              </Command.Group>
            )}
            {wanted !== '' && (
              <Command.Group heading="In the text" forceMount>
                {passages.map(({ id, text }) => (
                  <Command.Item
                    key={id}
                    forceMount
                    className="menu-item passage-item"
                    value={`${id} ${text}`}
                    onSelect={doing(() => choose(id))}
                  >
                    {shortened(text, 72)}
                  </Command.Item>
                ))}
                <Command.Item
                  forceMount
                  className="menu-item"
                  value={`by meaning ${query}`}
                  onSelect={doing(() => void searchMeaning(query))}
                >
                  <span className="soft">Search by meaning:</span>
                  {query}
                </Command.Item>
              </Command.Group>
            )}
          </>
        )}
      </Command.List>
    </Command>
  )
}

/** Everything by name: deeds, features, projects, passages. */
export function Palette() {
  const open = useStore(layersStore, (layers) => layers.open === 'palette')
  return (
    <Dialog.Root open={open} onOpenChange={(next) => !next && closeLayer()}>
      <Dialog.Portal>
        <Dialog.Overlay className="veil" />
        <Dialog.Content className="dialog palette" aria-describedby={undefined}>
          <Dialog.Title className="unseen">Find anything</Dialog.Title>
          <PaletteBody />
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  )
}
