/** Where the ledger is, seen from the page that is being rendered: each page says it once, each figure's link asks. */
import { createContext } from 'svelte';

/** The way to the ledger page, '' on the page itself; an entry's address is this and `#` and its fact's id. */
export const [ledgerAddress, setLedgerAddress] = createContext<string>();
