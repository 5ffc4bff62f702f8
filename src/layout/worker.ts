import { expose } from 'comlink'
import { LayoutService } from './service.ts'

expose(new LayoutService())
