import 'i18next'
import type en from './en.json'

declare module 'i18next' {
  // English decides which keys there are, so that a key that is used but not written is a type error.
  interface CustomTypeOptions {
    resources: { translation: typeof en }
  }
}
