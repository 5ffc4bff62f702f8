/** Every verb of the app in one place: what panels, keys, the headset and the console call. */
export {
  adopt,
  applyMove,
  chooseCandidate,
  deleteBranch,
  equaliseSpan,
  handEdit,
  pinCandidate,
  renameBranch,
} from '../gestures/branch.ts'
export { beginPull, cancelPull, commitPull, movePull } from '../gestures/pull.ts'
export { redo, undo } from './history.ts'
export { nodeById, nodes } from './nodes.ts'
export { importFiles, importText, setGrain } from './reading.ts'
export { searchMeaning, searchWords } from './search.ts'
export { select } from './view.ts'
