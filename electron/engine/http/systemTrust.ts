import tls from 'node:tls'

/** What newer versions of Node can do; Electron 33 (Node 20) cannot, and trusts its own list and NODE_EXTRA_CA_CERTS only. */
interface CertificateStore {
  getCACertificates?: (type: 'default' | 'system') => string[]
  setDefaultCACertificates?: (certificates: string[]) => void
}

/** Lets this process trust the certificate authorities that the system trusts, as of a company's proxy, besides its own. Answers whether it could. */
export function trustSystemCertificates(): boolean {
  const { getCACertificates, setDefaultCACertificates } = tls as CertificateStore
  if (getCACertificates === undefined || setDefaultCACertificates === undefined) return false
  try {
    setDefaultCACertificates([...new Set([...getCACertificates('default'), ...getCACertificates('system')])])
    return true
  } catch (error) {
    console.error('The certificates of the system cannot be read:', error)
    return false
  }
}
