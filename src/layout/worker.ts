import { expose } from 'comlink'
import { holdLifeline } from '../lifeline.ts'
import { LayoutService } from './service.ts'

holdLifeline()
expose(new LayoutService())
