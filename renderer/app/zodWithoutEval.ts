import { z } from 'zod'

// The content security policy forbids code made from strings, which zod would try for speed when the first schema is defined:
// this module must be the first that the page imports.
z.config({ jitless: true })
